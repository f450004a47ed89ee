#include "page.hpp"

#include "page_message.hpp"

namespace telegram {
namespace {

constexpr const char* kRule = "telegram.page";
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
    list_ = fields_.text(title);
    fields_.put(record, "title", title);
    if (page_number(name_) == 0) record.derived("type", "list", kRule, fx::span(block.begin, 0));
    fields_.rest(record);
    writer_.emit();
    people_.begin(thread_.ref);
  }

  // An element of a list of the account: a contact, a chat, a session, a section; or the owner.
  void entry(const Block& block) {
    fields_.begin(block);
    if (block.find(Piece::text, Slot::value) != nullptr) return owner(block);
    const bool is_person = list_ == "Contacts" || list_ == "Frequent contacts";
    fx::Record& record = is_person ? writer_.begin(FX_KIND_CONTACT, 0, block.end)
                                   : writer_.begin(FX_KIND_MESSAGE, ++numbers_.message, block.end);
    if (is_person) {
      record.derived("platform", "telegram", kRule, fx::span(block.begin, 0));
      record.derived("type", list_ == "Contacts" ? "address-book" : "frequent", kRule,
                     fx::span(block.begin, 0));
      const Piece* details = block.find(Piece::text, Slot::description);
      if (fields_.text(details).starts_with('+')) fields_.put(record, "phone", details);
    } else {
      record.ref("conversation", thread_.ref, kReference, fx::span(block.begin, 0));
      record.derived("type", "other", kRule, fx::span(block.begin, 0));
    }
    fields_.put(record, "name", block.find(Piece::text, Slot::name));
    fields_.rest(record);
    writer_.emit();
  }

  // Whose export it is: rows of a label, always in English, and a value.
  void owner(const Block& block) {
    fx::Record& record = writer_.begin(FX_KIND_ACCOUNT, 0, block.end);
    record.derived("platform", "telegram", kRule, fx::span(block.begin, 0));
    record.number("owner", 1, "telegram.personal-information", fx::span(block.begin, 0));
    const Piece* first = nullptr;
    const Piece* last = nullptr;
    std::string label;
    for (const Piece& piece : block.pieces) {
      if (piece.kind == Piece::text && piece.slot == Slot::label) label = fields_.text(&piece);
      if (piece.kind != Piece::text || piece.slot != Slot::value) continue;
      if (label == "First name" && first == nullptr) first = &piece;
      if (label == "Last name" && last == nullptr) last = &piece;
      if (label == "Phone number") put_once(record, phone_, "phone", piece);
      if (label == "Username") put_once(record, username_, "username", piece);
    }
    const std::string names[] = {fields_.text(first), fields_.text(last)};
    if (!names[0].empty() && !names[1].empty())
      writer_.derive(record, "name", names[0] + " " + names[1], "telegram.full-name",
                     html::span_of(fields_.trimmed(*first)));
    else
      fields_.put(record, "name", names[0].empty() ? last : first);
    fields_.rest(record);
    writer_.emit();
  }

  void put_once(fx::Record& record, bool& is_put, const char* key, const Piece& piece) {
    if (!is_put) is_put = fields_.put(record, key, &piece);
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
    record.derived("type", "other", kRule, fx::span(block.begin, 0));
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
  std::string list_;  // the title of the page, which says what its entries are
  bool phone_ = false, username_ = false;
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
