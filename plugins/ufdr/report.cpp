#include "report.hpp"

#include <map>
#include <string>

#include "records.hpp"
#include "text/lines.hpp"
#include "text/utf8.hpp"

namespace ufdr {
namespace {

constexpr std::string_view kStructure = "structure";
constexpr std::string_view kStructureWhy = "markup between the models of the report";

bool is_message(std::string_view type) {
  return type == "InstantMessage" || type == "SMS" || type == "MMS" || type == "Email";
}

class Reader {
 public:
  explicit Reader(const fx::Host& host)
      : host_(host), window_(host), elements_(window_), records_(host), skips_(host) {}

  fx_status run() {
    if (window_.at(0, 3).starts_with(text::kByteOrderMark))
      skips_.add(0, 3, "byte-order-mark", "signature of the encoding at the start of the file");
    xml::Event event;
    while (elements_.next(event)) take(event);
    skip_to(host_.length());
    skips_.flush();
    records_.finish();
    for (const auto& [type, count] : passed_)
      host_.note(FX_WARNING, fx::span(0, 0), "model-not-read",
                 std::to_string(count) + " models of type " + type + " are not read");
    if (!seen_) return FX_NOT_MINE;
    if (elements_.damaged() == 0 && elements_.too_deep() == 0) return FX_OK;
    host_.note(FX_WARNING, fx::span(0, 0), "damaged-markup",
               std::to_string(elements_.damaged()) + " places where the markup is damaged, " +
                   std::to_string(elements_.too_deep()) + " elements nested too deep");
    return FX_TRUNCATED;
  }

 private:
  enum class Doing { nothing, chat, in_message, single, passing };

  void take(const xml::Event& event) {
    switch (doing_) {
      case Doing::nothing: return outside(event);
      case Doing::chat: return in_chat(event);
      case Doing::in_message: return in_message(event);
      case Doing::single: return in_single(event);
      case Doing::passing: break;
    }
    if (closes(event, passing_depth_)) {
      skips_.add(told_, event.end - told_, "model-not-read",
                 "a model of a type that is not read; a note counts them");
      told_ = std::max(told_, event.end);
      doing_ = Doing::nothing;
    }
  }

  // The element that `depth` elements with itself were open in has ended.
  bool closes(const xml::Event& event, std::size_t depth) const {
    return event.what == xml::Event::closed && elements_.open().size() < depth;
  }

  void outside(const xml::Event& event) {
    if (event.what != xml::Event::opened) return;
    const std::string& name = elements_.open().back().name;
    const bool section = name == "metadata";
    if (name != "model" && !section) return;
    seen_ = true;
    skip_to(event.token.offset);
    skips_.flush();
    model_.begin(event, elements_);
    const std::string& type = model_.type();
    if (type == "Chat" && !section) {
      doing_ = Doing::chat;
      begun_ = false;
    } else if (section || is_message(type) || type == "Call" || type == "Contact" ||
               type == "Location" || type == "UserAccount") {
      doing_ = Doing::single;
      section_ = section;
    } else {
      doing_ = Doing::passing;
      passing_depth_ = elements_.open().size();
      if (passed_.size() < 500 || passed_.contains(type)) ++passed_[type.substr(0, 100)];
    }
  }

  void in_single(const xml::Event& event) {
    if (!closes(event, model_.depth())) return model_.add(event, elements_);
    const std::string type = model_.type();
    told_ = event.end;
    if (section_)
      records_.section(model_, event.end);
    else if (type == "Call")
      records_.call(model_, event.end);
    else if (type == "Contact")
      records_.contact(model_, event.end);
    else if (type == "Location")
      records_.location(model_, event.end);
    else if (type == "UserAccount")
      records_.account(model_, event.end);
    else
      records_.message(model_, event.end);
    doing_ = Doing::nothing;
  }

  void in_chat(const xml::Event& event) {
    if (closes(event, model_.depth())) {
      begin_chat(event.end);
      records_.end_chat(model_, event.end);
      skip_to(event.end);
      doing_ = Doing::nothing;
      return;
    }
    if (event.what == xml::Event::opened) {
      const std::string& name = elements_.open().back().name;
      const bool list = name == "multiModelField" && attribute(event.token, "name") == "Messages" &&
                        elements_.open().size() == model_.depth() + 1;
      if (list) list_depth_ = elements_.open().size();
      const bool inside = list_depth_ != 0 && elements_.open().size() == list_depth_ + 1;
      if (inside && name == "model") {
        begin_chat(event.token.offset);
        skip_to(event.token.offset);
        skips_.flush();
        model_.descend();
        message_.begin(event, elements_);
        doing_ = Doing::in_message;
        return;
      }
    }
    if (list_depth_ != 0 && closes(event, list_depth_)) list_depth_ = 0;
    model_.add(event, elements_);
  }

  void in_message(const xml::Event& event) {
    if (!closes(event, message_.depth())) return message_.add(event, elements_);
    records_.message(message_, event.end);
    told_ = event.end;
    model_.add(event, elements_);
    doing_ = Doing::chat;
  }

  void begin_chat(std::uint64_t end) {
    if (begun_) return;
    begun_ = true;
    records_.begin_chat(model_, end);
    told_ = std::max(told_, end);
  }

  void skip_to(std::uint64_t offset) {
    if (offset > told_) skips_.add(told_, offset - told_, kStructure, kStructureWhy);
    told_ = std::max(told_, offset);
  }

  const fx::Host& host_;
  fx::Window window_;
  xml::Elements elements_;
  Records records_;
  text::Skips skips_;
  Model model_, message_;
  Doing doing_ = Doing::nothing;
  bool seen_ = false;
  bool begun_ = false;  // the chat is told
  bool section_ = false;
  std::size_t list_depth_ = 0;  // of the list of its messages, 0 outside of it
  std::size_t passing_depth_ = 0;
  std::uint64_t told_ = 0;
  std::map<std::string, std::uint64_t, std::less<>> passed_;
};

}  // namespace

int probe_report(const fx::Host& host) {
  fx::Window window(host, std::uint64_t{64} << 10);
  const std::uint64_t begin = window.at(0, 3).starts_with(text::kByteOrderMark) ? 3 : 0;
  xml::Tokens tokens(window, begin);
  xml::Token token;
  bool project = false;
  for (int i = 0; i < 2000 && tokens.next(token); ++i) {
    if (token.kind == xml::Token::text && i < 3 && !text::trimmed(token.raw).empty()) return 0;
    if (token.kind != xml::Token::start) continue;
    if (token.name == "project") {
      project = true;
      if (attribute(token, "xmlns").find("cellebrite") != std::string::npos) return 96;
      continue;
    }
    if (token.name == "model" && !attribute(token, "type").empty() &&
        (project || !attribute(token, "deleted_state").empty()))
      return 92;
    if (!project) return 0;
  }
  return 0;
}

fx_status read_report(const fx::Host& host) {
  return Reader(host).run();
}

}  // namespace ufdr
