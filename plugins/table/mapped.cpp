#include "mapped.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "text/utf8.hpp"
#include "text/values.hpp"

namespace table {
namespace {

constexpr const char* kRule = "table.mapping";
// Threads and people of one table; a name beyond that goes to `extra`.
constexpr std::size_t kMostNames = 200'000;
constexpr std::size_t kLongestName = 1024;
constexpr std::int64_t kMostNumber = (std::int64_t{1} << 53) - 1;

struct Read {
  std::uint64_t offset = 0, length = 0;
  Value value;
};

class MappedReader {
 public:
  MappedReader(const fx::Host& host, std::string_view file_name, const Mapping& mapping)
      : host_(host),
        file_name_(file_name),
        mapping_(mapping),
        window_(host),
        rows_(window_, mapping.dialect),
        values_(host, kRule) {}

  fx_status run() {
    if (mapping_.dialect.preamble != 0)
      host_.skip(fx::span(0, mapping_.dialect.preamble), "byte-order-mark",
                 "signature of the encoding at the start of the file");
    reading();
    Row row;
    for (std::uint64_t i = 0; rows_.next(row); ++i)
      i < mapping_.header_rows ? header(row) : take(row);
    values_.finish();
    if (unfit_ != 0)
      host_.note(FX_WARNING, first_unfit_, "unfit-cell",
                 std::to_string(unfit_) +
                     " cells are not what the mapping says of their columns; they stand in extra, "
                     "the first one is here");
    if (cut_ != 0)
      host_.note(
          FX_WARNING, fx::span(0, 0), "cut-row",
          std::to_string(cut_) + " rows in which a quote does not close or that are too long");
    return FX_OK;
  }

 private:
  // How the table was read, with the whole mapping as its place.
  void reading() {
    const fx_span all = fx::span(0, mapping_.length, FX_CODEC_NONE, kMappingInput);
    values_.start(FX_KIND_READING, 0, 0, 0);
    fx::Record& record = values_.record();
    record.start(FX_KIND_READING, 0, all);
    record.derived("subject", "mapping", kRule, all);
    record.derived("value", kind(), kRule, all);
    record.derived("verdict", "chosen", kRule, all);
    record.derived("reason", "a mapping file beside the table says what its columns hold", kRule,
                   all);
    std::string dialect = "delimiter=" + std::string(1, mapping_.dialect.delimiter);
    dialect += mapping_.states_delimiter ? " (stated)" : " (found)";
    record.derived("extra", values_.keep(std::move(dialect)), kRule, all);
    record.derived("extra",
                   values_.keep("encoding=" + mapping_.encoding +
                                (mapping_.states_encoding ? " (stated)" : " (found)")),
                   kRule, all);
    for (const Assignment& each : mapping_.assignments)
      record.derived("extra", each.said, kRule, each.where);
    values_.emit();
  }

  std::string_view kind() const {
    switch (mapping_.kind) {
      case Kind::message: return "message";
      case Kind::call: return "call";
      case Kind::contact: return "contact";
    }
    return {};
  }

  Value value(const Cell& cell) const {
    Value out;
    if (mapping_.charset) {
      out.text = mapping_.charset->to_utf8(cell.raw);
      if (cell.doubled) out.text = single_quotes(out.text);
      return out;
    }
    out = value_of(cell, mapping_.dialect.encoding);
    // A mark within the file is a character for the codec and none for the reader of cells.
    const bool marked = cell.raw.starts_with("\xFF\xFE") || cell.raw.starts_with("\xFE\xFF");
    if (marked && mapping_.dialect.unit() == 2) out.codec = FX_CODEC_NONE;
    return out;
  }

  static std::string single_quotes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      out.push_back(text[i]);
      if (text.substr(i, 2) == "\"\"") ++i;
    }
    return out;
  }

  void header(const Row& row) {
    names_.clear();
    for (const Cell& cell : row.cells) names_.push_back(value(cell).text);
    host_.skip(fx::span(row.offset, row.length), "header-row",
               "a row before the data, as the mapping says");
  }

  void take(const Row& row) {
    if (row.cells.size() == 1 && row.cells[0].raw.empty())
      return host_.skip(fx::span(row.offset, row.length), "blank", "an empty row");
    if (row.cut) ++cut_;
    cells_.clear();
    more_.clear();
    for (const Cell& cell : row.cells)
      cells_.push_back({cell.offset, cell.raw.size(), value(cell)});
    spare_.assign(cells_.size(), true);
    if (mapping_.kind == Kind::contact) return contact(row);
    const std::int64_t thread = thread_of(row);
    find_people(thread);
    values_.start(FX_KIND_MESSAGE, ++number_, row.offset, row.length);
    values_.ref("conversation", thread, row.offset);
    bool typed = mapping_.kind == Kind::call;
    if (typed) values_.word("type", "call", row.offset);
    bool said = false;
    const auto on_message = [&](const Key& key) {
      return mapping_.kind == Kind::message || !key.call;
    };
    for (const Assignment& each : mapping_.assignments) {
      if (!on_message(*each.key) || !put(each)) continue;
      typed = typed || std::string_view(each.key->name) == "type";
      said = said || std::string_view(each.key->name) == "text";
    }
    for (const Constant& each : mapping_.constants) {
      if (!each.key->message || !on_message(*each.key)) continue;
      put(each);
      typed = typed || std::string_view(each.key->name) == "type";
      said = said || std::string_view(each.key->name) == "text";
    }
    if (!typed) values_.word("type", said ? "text" : "other", row.offset);
    if (mapping_.kind == Kind::message) {
      rest(row);
      return values_.emit();
    }
    values_.emit();
    call(row);
  }

  void call(const Row& row) {
    values_.start(FX_KIND_CALL, 0, row.offset, row.length);
    values_.ref("message", number_, row.offset);
    for (const Assignment& each : mapping_.assignments)
      if (each.key->call) put(each);
    for (const Constant& each : mapping_.constants)
      if (each.key->call) put(each);
    rest(row);
    values_.emit();
  }

  void contact(const Row& row) {
    values_.start(FX_KIND_CONTACT, ++number_, row.offset, row.length);
    for (const Assignment& each : mapping_.assignments) put(each);
    for (const Constant& each : mapping_.constants) put(each);
    rest(row);
    values_.emit();
  }

  // What the mapping says nothing of, or what it says otherwise.
  void rest(const Row& row) {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (!spare_[i] || cells_[i].value.text.empty()) continue;
      const std::string name =
          i < names_.size() && !names_[i].empty() ? names_[i] : "column-" + std::to_string(i + 1);
      values_.extra_derived(name, cells_[i].value.text, cells_[i].offset, cells_[i].length);
    }
    if (row.dropped != 0)
      values_.extra_derived("cells-not-kept", std::to_string(row.dropped), row.offset, row.length);
  }

  const Read* cell_of(const Assignment& assignment) const {
    const std::size_t column = assignment.columns.front();
    if (column >= cells_.size() || cells_[column].value.text.empty()) return nullptr;
    return &cells_[column];
  }

  bool unfit(const Read& cell) {
    if (unfit_++ == 0) first_unfit_ = fx::span(cell.offset, cell.length);
    return false;
  }

  bool put(const Assignment& assignment) {
    const Read* cell = cell_of(assignment);
    if (assignment.key->type == Type::time) return put_time(assignment);
    if (cell == nullptr) return false;
    bool done = false;
    switch (assignment.key->type) {
      case Type::text: done = put_text(assignment, *cell); break;
      case Type::number: done = put_number(assignment, *cell); break;
      case Type::person: done = put_person(assignment, *cell); break;
      case Type::thread: done = thread_taken_; break;
      case Type::time: break;
    }
    if (done) spare_[assignment.columns.front()] = false;
    return done;
  }

  // A value as its cell has it: checked by the host where a codec says it.
  void as_it_stands(const char* key, const Read& cell) {
    if (cell.value.codec == FX_CODEC_NONE)
      values_.derived(key, cell.value.text, cell.offset, cell.length);
    else
      values_.scattered(key, cell.value.text, cell.value.codec,
                        {fx::span(cell.offset, cell.length)});
  }

  static const std::string* word_for(const Assignment& assignment, std::string_view cell) {
    for (const auto& [from, to] : assignment.words)
      if (from == cell) return &to;
    return nullptr;
  }

  bool put_text(const Assignment& assignment, const Read& cell) {
    const char* key = assignment.key->name;
    if (!assignment.words.empty()) {
      const std::string* word = word_for(assignment, cell.value.text);
      if (word == nullptr) return unfit(cell);
      values_.derived(key, *word, cell.offset, cell.length);
      // What the word was made of stays to be read.
      values_.extra_derived(name_of_column(assignment.columns.front()), cell.value.text,
                            cell.offset, cell.length);
      return true;
    }
    const bool direction = std::string_view(key) == "direction";
    if (direction && cell.value.text != "in" && cell.value.text != "out") return unfit(cell);
    as_it_stands(key, cell);
    return true;
  }

  std::string name_of_column(std::size_t column) const {
    return column < names_.size() && !names_[column].empty()
               ? names_[column]
               : "column-" + std::to_string(column + 1);
  }

  bool put_number(const Assignment& assignment, const Read& cell) {
    const char* key = assignment.key->name;
    const std::string* word = word_for(assignment, cell.value.text);
    if (word == nullptr && !assignment.words.empty()) return unfit(cell);
    const auto number = text::decimal(word != nullptr ? *word : cell.value.text);
    if (!number || *number > kMostNumber || *number < -kMostNumber) return unfit(cell);
    const bool plain = word == nullptr && cell.value.codec != FX_CODEC_NONE &&
                       std::to_string(*number) == cell.value.text;
    if (plain)
      values_.record().decoded(key, *number, fx::span(cell.offset, cell.length, cell.value.codec));
    else
      values_.number(key, *number, cell.offset, cell.length);
    return true;
  }

  bool put_time(const Assignment& assignment) {
    std::string said;
    places_.clear();
    for (const std::size_t column : assignment.columns) {
      if (column >= cells_.size() || cells_[column].value.text.empty()) continue;
      if (!places_.empty()) said += ' ';
      said += cells_[column].value.text;
      places_.push_back(fx::span(cells_[column].offset, cells_[column].length));
    }
    if (places_.empty()) return false;
    const Read first = {places_[0].offset, places_[0].length, {}};
    const auto time = assignment.time->read(said);
    if (!time) return unfit(first);
    const char* key = assignment.key->name;
    const fx_codec codec = assignment.time->epoch();
    if (codec != FX_CODEC_NONE && mapping_.dialect.unit() == 1 && places_.size() == 1 &&
        places_[0].length == said.size() && said.size() <= 40) {
      values_.decoded_time(key, *time, fx::span(places_[0].offset, places_[0].length, codec));
    } else {
      values_.record().time(key, *time, kRule, places_[0]);
      if (places_.size() > 1) {
        more_.emplace_back(places_.begin() + 1, places_.end());
        values_.record().continued(more_.back());
      }
    }
    for (const std::size_t column : assignment.columns)
      if (column < spare_.size()) spare_[column] = false;
    return true;
  }

  bool put_person(const Assignment& assignment, const Read& cell) {
    const auto found = people_.find(person_key(assignment, cell));
    if (found == people_.end()) return unfit(cell);
    values_.ref(assignment.key->name, found->second, cell.offset, cell.length);
    return true;
  }

  void put(const Constant& constant) {
    if (values_.record().field_count() >= text::Values::kMostFields) return;
    const fx_span& where = constant.where;
    if (constant.key->type == Type::number) {
      fx_span digits = where;
      digits.codec = FX_CODEC_UTF8;
      values_.record().decoded(constant.key->name, constant.number, digits);
    } else if (where.codec == FX_CODEC_UTF8) {
      values_.record().verbatim(constant.key->name, constant.text, where);
    } else {
      values_.record().decoded(constant.key->name, constant.text, where);
    }
  }

  static bool is_name(const Read& cell) { return cell.value.text.size() <= kLongestName; }

  std::int64_t thread_of(const Row& row) {
    const auto told = std::ranges::find_if(mapping_.assignments, [](const Assignment& each) {
      return each.key->type == Type::thread;
    });
    const Read* cell = told == mapping_.assignments.end() ? nullptr : cell_of(*told);
    thread_taken_ = cell != nullptr;
    if (cell != nullptr && (!is_name(*cell) || (!threads_.contains(cell->value.text) &&
                                                threads_.size() + people_.size() >= kMostNames))) {
      thread_taken_ = unfit(*cell);
      cell = nullptr;
    }
    const auto [found, added] =
        threads_.try_emplace(cell == nullptr ? std::string() : cell->value.text, last_thread_ + 1);
    current_thread_ = found->second;
    if (!added) return current_thread_;
    ++last_thread_;
    values_.start(FX_KIND_CONVERSATION, last_thread_, row.offset, 0);
    if (const Constant* platform = mapping_.constant("platform"))
      put(*platform);
    else
      values_.word("platform", "table");
    values_.word("type", "table");
    if (cell != nullptr)
      as_it_stands(told->as, *cell);
    else if (const Constant* title = mapping_.constant("title"))
      put(*title);
    else if (!file_name_.empty() && text::is_utf8(file_name_))
      values_.derived("title", std::string(file_name_), 0, 0, "table.file-name");
    values_.emit();
    return current_thread_;
  }

  std::pair<std::int64_t, std::string> person_key(const Assignment& assignment,
                                                  const Read& cell) const {
    return {current_thread_, std::string(assignment.as) + '=' + cell.value.text};
  }

  // People stand before the record that names them.
  void find_people(std::int64_t thread) {
    for (const Assignment& each : mapping_.assignments) {
      if (each.key->type != Type::person) continue;
      const Read* cell = cell_of(each);
      if (cell == nullptr || !is_name(*cell) || threads_.size() + people_.size() >= kMostNames)
        continue;
      const auto [found, added] = people_.try_emplace(person_key(each, *cell), last_person_ + 1);
      if (!added) continue;
      ++last_person_;
      values_.start(FX_KIND_PARTICIPANT, last_person_, cell->offset, 0);
      values_.ref("conversation", thread, cell->offset);
      as_it_stands(each.as, *cell);
      values_.emit();
    }
  }

  const fx::Host& host_;
  std::string_view file_name_;
  const Mapping& mapping_;
  fx::Window window_;
  Rows rows_;
  text::Values values_;
  std::vector<std::string> names_;
  std::vector<Read> cells_;
  std::vector<bool> spare_;  // cells of which nothing has been said
  std::vector<fx_span> places_;
  std::deque<std::vector<fx_span>> more_;  // of the row's times
  std::map<std::string, std::int64_t> threads_;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> people_;
  std::int64_t number_ = 0, last_thread_ = 0, last_person_ = 0, current_thread_ = 0;
  bool thread_taken_ = false;
  fx_span first_unfit_ = fx::span(0, 0);
  std::uint64_t unfit_ = 0, cut_ = 0;
};

}  // namespace

fx_status read_mapped(const fx::Host& host, std::string_view file_name, const Mapping& mapping) {
  return MappedReader(host, file_name, mapping).run();
}

}  // namespace table
