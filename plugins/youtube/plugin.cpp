// YouTube: Takeout's activity and comments, and what yt-dlp saves beside a video.
// docs/formats/youtube.md says what is read.

#include <forensics/plugin.hpp>

#include "family.hpp"

namespace youtube {
namespace {

class Plugin {
 public:
  static constexpr std::string_view kManifest = R"({
  "id": "org.libforensics.youtube",
  "version": "1.0.0",
  "name": "YouTube and Google Takeout",
  "formats": ["takeout-activity-json", "takeout-activity-html", "takeout-youtube-comments",
              "yt-dlp-info", "yt-dlp-live-chat"],
  "kinds": ["conversation", "participant", "message", "poll"],
  "options": [],
  "tested_with": ["a watch history of 2025; the actions of live chats of 2020 and 2021"],
  "references": ["docs/formats/youtube.md"],
  "licence": "Apache-2.0"
})";

  static int probe(fx::Host& host, std::string_view name) { return guess(host, name).score; }

  static fx_status parse(fx::Host& host, std::string_view name, std::string_view) {
    switch (guess(host, name).family) {
      case Family::activity: return read_activity(host, name);
      case Family::activity_page: return read_activity_page(host, name);
      case Family::comments_table: return read_comments_table(host, name);
      case Family::video_info: return read_video_info(host, name);
      case Family::live_chat: return read_live_chat(host, name);
      case Family::none: break;
    }
    return FX_NOT_MINE;
  }
};

}  // namespace
}  // namespace youtube

FX_PLUGIN(youtube::Plugin)
