#include "page.hpp"

#include "page_message.hpp"

namespace telegram {
namespace {

constexpr std::size_t kProbed = std::size_t{64} << 10;
// Messages of a page that is not the last one.
constexpr std::uint64_t kMessagesOfAPage = 1000;

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// The number in "messages12.html"; 1 for "messages.html", 0 for other names.
int page_number(std::string_view name) {
  constexpr std::string_view kName = "messages";
  if (!name.starts_with(kName) || !name.ends_with(".html")) return 0;
  const std::string_view digits = name.substr(kName.size(), name.size() - kName.size() - 5);
  if (digits.empty()) return 1;
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9' || number > 1'000'000) return 0;
    number = number * 10 + (c - '0');
  }
  return number;
}

// A page ends with the end of its outermost elements, in whatever order.
bool is_cut(const fx::Host& host) {
  char tail[512];
  const std::uint64_t length = host.length();
  const std::uint64_t offset = length - std::min<std::uint64_t>(length, sizeof tail);
  const std::size_t got = host.read(offset, tail, sizeof tail);
  return !holds(std::string_view(tail, got), "</html>");
}

class Page {
 public:
  Page(const fx::Host& host, std::string_view name)
      : host_(host),
        name_(name),
        bytes_(host),
        values_(host),
        blocks_(bytes_, values_),
        writer_(host),
        people_(writer_, numbers_, owner_),
        fields_(writer_, values_),
        messages_(writer_, values_, people_, signs_, numbers_) {}

  void read() {
    Block block;
    while (blocks_.next(block)) {
      switch (block.kind) {
        case Block::header: header(block); break;
        case Block::message:
        case Block::service: messages_.read(thread_, block); break;
        case Block::separator: messages_.day(block); break;
        case Block::link: link(block); break;
        case Block::entry: entry(block); break;
        case Block::rest: rest(block); break;
      }
    }
    writer_.skip_to(host_.length(), "page-end", "the tags that end the page");
    finish();
  }

 private:
  // What stands before the messages or entries: whose they are.
  void header(const Block& block) {
    fields_.begin(block);
    const Piece* title = block.find(Piece::text, Slot::title);
    thread_.ref = ++numbers_.conversation;
    fx::Record& record = writer_.begin(FX_KIND_CONVERSATION, thread_.ref, block.end);
    record.derived("platform", "telegram", "telegram.export", fx::span(block.begin, 0));
    fields_.put(record, "title", title);
    if (page_number(name_) == 0)
      record.derived("type", "list", "telegram.page", fx::span(block.begin, 0));
    fields_.rest(record);
    writer_.emit();
    people_.begin(thread_.ref);
  }

  // An element of a list of the account: a chat, a contact, a session, a section.
  void entry(const Block& block) {
    fields_.begin(block);
    fx::Record& record = writer_.begin(FX_KIND_MESSAGE, ++numbers_.message, block.end);
    record.ref("conversation", thread_.ref, kReference, fx::span(block.begin, 0));
    record.derived("type", "other", "telegram.page", fx::span(block.begin, 0));
    fields_.put(record, "name", block.find(Piece::text, Slot::name));
    fields_.rest(record);
    writer_.emit();
  }

  // To the page before or behind.
  void link(const Block& block) {
    fields_.begin(block);
    const Piece* href = block.find(Piece::attribute, Slot::block, "href");
    const std::string target = fields_.text(href);
    const int number = page_number(target);
    if (href != nullptr && number != 0) {
      const bool is_next = number > page_number(name_);
      (is_next ? has_next_ : has_previous_) = true;
      if (!is_there(target))
        host_.note(FX_WARNING, html::span_of(href->where), "page-missing",
                   "the page " + target + " of this chat does not lie beside this one");
    }
    writer_.skip_to(block.end, "page-link", "a link to another page of the chat");
  }

  bool is_there(std::string_view name) const {
    const auto siblings = host_.siblings();
    if (siblings.empty()) return true;  // not told
    for (const fx_sibling& each : siblings)
      if (std::string_view(each.name.data, each.name.length) == name) return true;
    return false;
  }

  // Between messages, where nothing should be.
  void rest(const Block& block) {
    if (block.pieces.empty()) return;
    fields_.begin(block);
    const std::uint64_t end = block.end > block.begin ? block.end : host_.length();
    fx::Record& record = writer_.begin(FX_KIND_MESSAGE, ++numbers_.message, end);
    record.ref("conversation", thread_.ref, kReference, fx::span(block.begin, 0));
    record.derived("type", "other", "telegram.page", fx::span(block.begin, 0));
    fields_.rest(record);
    writer_.emit();
  }

  void finish() {
    const int number = page_number(name_);
    if (has_next_ && thread_.messages != kMessagesOfAPage)
      host_.note(FX_WARNING, fx::span(0, 0), "short-page",
                 "a page that is followed by another holds 1000 messages; this one holds " +
                     std::to_string(thread_.messages));
    if (number > 1 && !has_previous_)
      host_.note(FX_WARNING, fx::span(0, 0), "page-missing",
                 "by its name this is not the first page, and it has no link to the one before");
    if (blocks_.too_deep() != 0)
      host_.note(FX_WARNING, fx::span(0, 0), "too-deep",
                 std::to_string(blocks_.too_deep()) + " elements are nested too deep to be read");
    thread_.finish(host_, false);
    people_.finish();
    messages_.finish();
    signs_.finish(host_);
  }

  const fx::Host& host_;
  std::string_view name_;
  html::InputBytes bytes_;
  html::Values values_;
  Blocks blocks_;
  Writer writer_;
  Numbers numbers_;
  Owner owner_;
  People people_;
  Signs signs_;
  Thread thread_;
  PageFields fields_;
  PageMessages messages_;
  bool has_next_ = false;
  bool has_previous_ = false;
};

}  // namespace

int probe_page(const fx::Host& host, std::string_view name) {
  fx::Window window(host, kProbed);
  const std::string_view head = window.at(0, kProbed);
  if (!holds(head, "page_wrap") || !holds(head, "page_body")) return 0;
  const int by_name = page_number(name) != 0 ? 2 : 0;
  const bool is_export = holds(head, "<title>Exported Data</title>");
  if (holds(head, "chat_page") || holds(head, "class=\"message "))
    return (is_export ? 96 : 85) + by_name;
  return is_export ? 90 : 0;
}

fx_status parse_page(const fx::Host& host, std::string_view name) {
  Page(host, name).read();
  return is_cut(host) ? FX_TRUNCATED : FX_OK;
}

}  // namespace telegram
