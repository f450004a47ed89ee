// yt-dlp: the live chat of a video (.live_chat.json), one line a moment; also a list of its
// actions.

#include <string>

#include "chat_action.hpp"
#include "family.hpp"
#include "json/reader.hpp"
#include "json/tree.hpp"
#include "people.hpp"
#include "quiet.hpp"
#include "text/json_values.hpp"

namespace youtube {
namespace {

constexpr const char* kRule = "yt-dlp.live-chat";

class Reader {
 public:
  Reader(const fx::Host& host, std::string_view file_name)
      : host_(host),
        file_name_(file_name),
        source_(host),
        repairs_(host),
        reader_(source_, repairs_),
        values_(host, kRule),
        skips_(host),
        people_(values_),
        actions_(values_, people_) {}

  fx_status run() {
    begin_conversation(values_, "youtube", "live-chat");
    title_from_file(values_, file_name_);
    values_.emit();
    for (const json::Token* token = &reader_.next(); token->kind != json::Kind::end;
         token = &reader_.next()) {
      if (token->kind == json::Kind::begin_array && reader_.depth() == 1) continue;
      if (token->kind == json::Kind::end_array) continue;
      const std::uint64_t begin = begin_of(*token);
      tree_.read(reader_, *token);
      if (tree_.end() > begin) take(begin, tree_.end());
    }
    skip_to(host_.length());
    skips_.flush();
    values_.finish();
    people_.finish();
    repairs_.finish();
    return repairs_.is_cut() ? FX_TRUNCATED : FX_OK;
  }

 private:
  void take(std::uint64_t begin, std::uint64_t end) {
    skip_to(begin);
    skips_.flush();
    told_ = end;
    const json::Value root = tree_.root();
    const json::Value replay = root["replayChatItemAction"];
    const json::Value first = replay["actions"].child();
    if (!first) return actions_.write(tree_, root, {}, begin, end);
    // The first action of a line accounts for all of it.
    actions_.write(tree_, first, replay, begin, end);
    for (json::Value next = first.next(); next; next = next.next()) {
      const fx_span where = next.span();
      actions_.write(tree_, next, {}, where.offset, where.offset + where.length);
    }
    beside(root, begin);
  }

  // What stands beside the replay on its line.
  void beside(const json::Value& root, std::uint64_t begin) {
    for (json::Value member = root.child(); member; member = member.next()) {
      if (member.key() == "replayChatItemAction" || member.is_used()) continue;
      const fx_span where = member.span();
      host_.note(FX_INFO, fx::span(where.offset, where.length), "beside-the-actions",
                 "a line has `" + text::repaired(member.key()).substr(0, 100) +
                     "` beside its actions: it stands in the bytes of the line");
      static_cast<void>(begin);
    }
  }

  void skip_to(std::uint64_t offset) {
    if (offset > told_)
      skips_.add(told_, offset - told_, "json-structure",
                 "line ends, brackets, commas between actions");
    told_ = offset;
  }

  const fx::Host& host_;
  std::string_view file_name_;
  json::HostSource source_;
  json::Repairs repairs_;
  json::Reader reader_;
  json::Tree tree_;
  text::Values values_;
  text::Skips skips_;
  People people_;
  ChatActions actions_;
  std::uint64_t told_ = 0;
};

}  // namespace

fx_status read_live_chat(const fx::Host& host, std::string_view file_name) {
  return Reader(host, file_name).run();
}

}  // namespace youtube
