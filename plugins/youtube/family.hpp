#pragma once
// Which of the files of this family an input is, by its content.

#include <forensics/plugin.hpp>

#include <string_view>

namespace youtube {

enum class Family {
  none,
  activity,        // Takeout: watch-history.json, search-history.json, My Activity.json
  activity_page,   // the same as HTML
  comments_table,  // Takeout: comments.csv, live chats.csv
  video_info,      // yt-dlp: .info.json
  live_chat,       // yt-dlp: .live_chat.json
};

struct Guess {
  Family family = Family::none;
  int score = 0;
};

Guess guess(const fx::Host& host, std::string_view file_name);

fx_status read_activity(const fx::Host& host, std::string_view file_name);
fx_status read_activity_page(const fx::Host& host, std::string_view file_name);
fx_status read_comments_table(const fx::Host& host, std::string_view file_name);
fx_status read_video_info(const fx::Host& host, std::string_view file_name);
fx_status read_live_chat(const fx::Host& host, std::string_view file_name);

}  // namespace youtube
