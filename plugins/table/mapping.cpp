#include "mapping.hpp"

#include <algorithm>
#include <set>

#include "json/reader.hpp"
#include "json/tree.hpp"
#include "text/utf8.hpp"

namespace table {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 20;
constexpr std::int64_t kMostHeaderRows = 100;
constexpr std::int64_t kMostNumber = (std::int64_t{1} << 53) - 1;

constexpr Key kKeys[] = {
    // name, type, of a message, of a call, of a contact
    {"conversation", Type::thread, true, false, false},
    {"title", Type::text, false, false, false},
    {"platform", Type::text, false, false, true},
    {"sender", Type::person, true, false, false},
    {"participant", Type::person, true, true, false},
    {"quoted_sender", Type::person, true, false, false},
    {"deleted_by", Type::person, true, false, false},
    {"sent", Type::time, true, false, false},
    {"received", Type::time, true, false, false},
    {"server_time", Type::time, true, false, false},
    {"edited_at", Type::time, true, false, false},
    {"deleted_at", Type::time, true, false, false},
    {"expires", Type::time, true, false, false},
    {"until", Type::time, false, true, false},
    {"created", Type::time, false, false, true},
    {"text", Type::text, true, false, false},
    {"name", Type::text, true, false, true},
    {"type", Type::text, true, true, true},
    {"state", Type::text, true, true, true},
    {"direction", Type::text, true, true, false},
    {"code", Type::text, true, true, false},
    {"source_id", Type::text, true, true, true},
    {"action", Type::text, true, false, false},
    {"reply_to", Type::text, true, false, false},
    {"quoted", Type::text, true, false, false},
    {"forwarded_from", Type::text, true, false, false},
    {"url", Type::text, true, false, true},
    {"phone", Type::text, false, false, true},
    {"account", Type::text, false, false, true},
    {"username", Type::text, false, false, true},
    {"address", Type::text, false, false, true},
    {"caption", Type::text, false, false, true},
    {"duration", Type::number, false, true, false},
    {"edited", Type::number, true, false, false},
    {"deleted", Type::number, true, false, false},
    {"view_once", Type::number, true, false, false},
    {"forwarded", Type::number, true, false, false},
    {"forward_score", Type::number, true, false, false},
    {"timer", Type::number, true, false, false},
    {"starred", Type::number, true, false, false},
    {"owner", Type::number, false, false, true},
};

const Key* find_key(std::string_view name) {
  const auto* found =
      std::ranges::find_if(kKeys, [&](const Key& each) { return each.name == name; });
  return found == std::end(kKeys) ? nullptr : found;
}

bool has(Kind kind, const Key& key) {
  switch (kind) {
    case Kind::message: return key.message;
    case Kind::call: return key.call || key.message;
    case Kind::contact: return key.contact;
  }
  return false;
}

fx_span in_mapping(fx_span where) {
  where.input = kMappingInput;
  return where;
}

class FirstDefect final : public json::DefectSink {
 public:
  void found(json::Defect defect, std::uint64_t offset, std::uint64_t length) override {
    if (what_.empty()) {
      what_ = json::words_of(defect);
      where_ = fx::span(offset, length, FX_CODEC_NONE, kMappingInput);
    }
  }
  const std::string& what() const { return what_; }
  const fx_span& where() const { return where_; }

 private:
  std::string what_;
  fx_span where_ = fx::span(0, 0, FX_CODEC_NONE, kMappingInput);
};

class MappingReader {
 public:
  MappingReader(const fx::Host& host, const Found& found, Mapping& out, Misfit& misfit)
      : host_(host), found_(found), out_(out), misfit_(misfit) {}

  bool run() {
    return parse() && members() && head() && dialect() && table_head() && constants() && columns();
  }

 private:
  bool refuse(const fx_span& where, std::string why) {
    misfit_ = {in_mapping(where), std::move(why)};
    misfit_.where.codec = FX_CODEC_NONE;
    return false;
  }
  bool refuse(const json::Value& value, std::string why) {
    return refuse(value.span(), std::move(why));
  }

  bool parse() {
    const fx_companion* file = host_.companion(kMappingInput);
    if (file == nullptr) return refuse(fx::span(0, 0), "it is not there");
    out_.length = file->length;
    if (file->length > kMostBytes) return refuse(fx::span(0, 0), "it is longer than 1 MiB");
    std::string bytes(static_cast<std::size_t>(file->length), '\0');
    bytes.resize(host_.read(kMappingInput, 0, bytes.data(), bytes.size()));
    const json::MemorySource source(bytes);
    FirstDefect defect;
    json::Reader reader(source, defect, {kMostBytes, json::Tree::kDeepest});
    const json::Token first = reader.next();
    if (first.kind != json::Kind::begin_object) return refuse(fx::span(0, 0), "no JSON object");
    tree_.read(reader, first);
    const json::Token& behind = reader.next();
    const bool more = behind.kind != json::Kind::end;
    const std::uint64_t at = behind.offset;
    if (!defect.what().empty()) return refuse(defect.where(), "wrong JSON: " + defect.what());
    if (more) return refuse(fx::span(at, 0), "wrong JSON: more than one value");
    if (tree_.full_at() != tree_.end()) return refuse(fx::span(0, 0), "too many values");
    return true;
  }

  // Every member of an object is one of `known`, and stands once.
  bool only(const json::Value& object, std::initializer_list<std::string_view> known) {
    std::set<std::string> seen;
    for (json::Value each = object.child(); each; each = each.next()) {
      const std::string name = each.key();
      if (known.size() != 0 && std::ranges::find(known, name) == known.end())
        return refuse(each.key_span(), "no mapping has the member \"" + name + "\"");
      if (!seen.insert(name).second)
        return refuse(each.key_span(), "the member \"" + name + "\" stands twice");
    }
    return true;
  }

  bool members() {
    return only(tree_.root(), {"record", "delimiter", "encoding", "header-rows", "constants",
                               "columns", "comment"});
  }

  static std::optional<std::int64_t> integer(const json::Value& value) {
    if (value.kind() != json::Kind::number) return std::nullopt;
    const auto number = text::decimal(value.raw());
    if (!number || *number > kMostNumber || *number < -kMostNumber) return std::nullopt;
    return number;
  }

  bool head() {
    const json::Value record = tree_.root()["record"];
    const std::string kind = record.is_string() ? record.text() : "";
    if (kind == "message")
      out_.kind = Kind::message;
    else if (kind == "call")
      out_.kind = Kind::call;
    else if (kind == "contact")
      out_.kind = Kind::contact;
    else
      return refuse(record, "\"record\" is \"message\", \"call\" or \"contact\"");
    const json::Value rows = tree_.root()["header-rows"];
    const auto number = integer(rows);
    if (!number || *number < 0 || *number > kMostHeaderRows)
      return refuse(rows, "\"header-rows\" says how many rows come before the data, 0 to 100");
    out_.header_rows = static_cast<std::uint64_t>(*number);
    return true;
  }

  bool dialect() {
    out_.dialect = found_.dialect;
    out_.encoding = name_of(found_.dialect.encoding);
    if (const json::Value stated = tree_.root()["encoding"]) {
      const std::string name = stated.is_string() ? text::lower(stated.text()) : "";
      if (!set_encoding(name))
        return refuse(stated, "\"encoding\" names no encoding that is known here");
      out_.states_encoding = true;
      out_.encoding = name;
    }
    if (const json::Value stated = tree_.root()["delimiter"]) {
      const std::string sign = stated.is_string() ? stated.text() : "";
      constexpr std::string_view kNone = "\"\r\n";
      const bool sound = sign.size() == 1 && (sign[0] == '\t' || (sign[0] >= ' ' && sign[0] < 127));
      if (!sound || kNone.find(sign[0]) != std::string_view::npos)
        return refuse(stated, "\"delimiter\" is one sign of ASCII, and no quote");
      out_.dialect.delimiter = sign[0];
      out_.states_delimiter = true;
    } else if (found_.columns < 2) {
      return refuse(fx::span(0, 0), "no delimiter is stated and none was found");
    }
    return true;
  }

  bool set_encoding(const std::string& name) {
    text::Charset charset(name);
    if (!charset) return false;
    Dialect& dialect = out_.dialect;
    std::string head(3, '\0');
    head.resize(host_.read(0, head.data(), head.size()));
    dialect.preamble = 0;
    if (charset.utf8()) {
      dialect.encoding = Encoding::utf8;
      if (head == "\xEF\xBB\xBF") dialect.preamble = 3;
    } else if (name == "utf-16le" || name == "utf-16be") {
      const bool little = name == "utf-16le";
      dialect.encoding = little ? Encoding::utf16le : Encoding::utf16be;
      if (head.starts_with(little ? "\xFF\xFE" : "\xFE\xFF")) dialect.preamble = 2;
    } else if (text::starts_with_word(name, "utf-16")) {
      return false;  // of which of the two is not said
    } else {
      dialect.encoding = Encoding::other;
      out_.charset = charset;
    }
    return true;
  }

  // The names of the columns, and how many there are.
  bool table_head() {
    fx::Window window(host_);
    Rows rows(window, out_.dialect);
    Row row;
    bool there = true;
    for (std::uint64_t i = 0; there && i < std::max<std::uint64_t>(out_.header_rows, 1); ++i)
      there = rows.next(row);
    if (!there) return refuse(tree_.root()["header-rows"], "the table has fewer rows than that");
    width_ = row.cells.size();
    if (out_.header_rows == 0) return true;
    for (const Cell& cell : row.cells)
      names_.push_back(out_.charset ? out_.charset->to_utf8(cell.raw)
                                    : value_of(cell, out_.dialect.encoding).text);
    return true;
  }

  bool constants() {
    const json::Value list = tree_.root()["constants"];
    if (!list) return true;
    if (!list.is_object()) return refuse(list, "\"constants\" is an object");
    if (!only(list, {})) return false;
    for (json::Value each = list.child(); each; each = each.next()) {
      const Key* key = find_key(each.key());
      const bool of_thread = key != nullptr && out_.kind != Kind::contact &&
                             (each.key() == "platform" || each.key() == "title");
      if (key == nullptr || (!of_thread && !has(out_.kind, *key)))
        return refuse(each.key_span(), "the record has no key \"" + each.key() + "\"");
      Constant constant;
      constant.key = key;
      constant.where = in_mapping(each.span());
      if (key->type == Type::text) {
        if (!each.is_string() || each.text().empty())
          return refuse(each, "the constant of this key is a text");
        constant.text = each.text();
        if (!fits(*key, constant.text)) return refuse(each, "\"direction\" is \"in\" or \"out\"");
      } else if (key->type == Type::number) {
        const auto number = integer(each);
        if (!number || std::to_string(*number) != each.raw())
          return refuse(each, "the constant of this key is a whole number");
        constant.number = *number;
      } else {
        return refuse(each.key_span(), "a constant is a text or a number, no time and no person");
      }
      out_.constants.push_back(std::move(constant));
    }
    return true;
  }

  static bool fits(const Key& key, std::string_view value) {
    return std::string_view(key.name) != "direction" || value == "in" || value == "out";
  }

  bool columns() {
    const json::Value list = tree_.root()["columns"];
    if (!list.is_object() || !list.child())
      return refuse(list, "\"columns\" is an object: the columns by the keys that they hold");
    if (!only(list, {})) return false;
    for (json::Value each = list.child(); each; each = each.next())
      if (!column(each)) return false;
    if (out_.constant("title") != nullptr && list["conversation"])
      return refuse(out_.constant("title")->where,
                    "the title is a constant, and the threads are told by a column");
    return true;
  }

  bool column(const json::Value& member) {
    const std::string name = member.key();
    const Key* key = find_key(name);
    if (key == nullptr || !has(out_.kind, *key))
      return refuse(member.key_span(), "the record has no key \"" + name + "\"");
    if (const Constant* constant = out_.constant(name))
      return refuse(constant->where, "\"" + name + "\" is a column and a constant");
    Assignment out;
    out.key = key;
    out.where = in_mapping(member.span());
    out.said = name + "=";
    const json::Value where = member.is_object() ? member["column"] : member;
    if (!places(where, *key, out)) return false;
    if (member.is_object()) {
      switch (key->type) {
        case Type::time:
          if (!only(member, {"column", "format", "zone"})) return false;
          break;
        case Type::person:
        case Type::thread:
          if (!only(member, {"column", "as"})) return false;
          break;
        default:
          if (!only(member, {"column", "words"})) return false;
      }
    }
    if (!time(member, *key, out) || !as(member, *key, out) || !words(member, *key, out))
      return false;
    out_.assignments.push_back(std::move(out));
    return true;
  }

  bool places(const json::Value& where, const Key& key, Assignment& out) {
    if (!where.is_array()) return place(where, out);
    if (key.type != Type::time || !where.child())
      return refuse(where, "only a time is made of several columns");
    for (json::Value each = where.child(); each; each = each.next())
      if (!place(each, out)) return false;
    return true;
  }

  bool place(const json::Value& where, Assignment& out) {
    if (!out.columns.empty()) out.said += " + ";
    if (const auto number = integer(where)) {
      if (*number < 1 || static_cast<std::uint64_t>(*number) > width_)
        return refuse(where, "the table has " + std::to_string(width_) + " columns");
      out.columns.push_back(static_cast<std::size_t>(*number - 1));
      out.said += "column " + std::to_string(*number);
      return true;
    }
    if (!where.is_string()) return refuse(where, "a column is a name or a number from 1");
    const std::string name = where.text();
    const auto found = std::ranges::find(names_, name);
    if (found == names_.end()) return refuse(where, "the table has no column \"" + name + "\"");
    if (std::find(found + 1, names_.end(), name) != names_.end())
      return refuse(where, "several columns are called \"" + name + "\": give the number");
    out.columns.push_back(static_cast<std::size_t>(found - names_.begin()));
    out.said += name;
    return true;
  }

  bool time(const json::Value& member, const Key& key, Assignment& out) {
    if (key.type != Type::time) return true;
    const json::Value format = member["format"];
    const json::Value zone = member["zone"];
    if (!format.is_string()) return refuse(member, "a time needs its \"format\"");
    if (zone && !zone.is_string()) return refuse(zone, "\"zone\" is a text");
    std::string why;
    out.time = TimeFormat::parse(format.text(), zone ? zone.text() : "", why);
    if (!out.time) return refuse(format, why);
    out.said += " (" + format.text() + (zone ? ", " + zone.text() : "") + ")";
    return true;
  }

  bool as(const json::Value& member, const Key& key, Assignment& out) {
    if (key.type != Type::person && key.type != Type::thread) return true;
    const bool thread = key.type == Type::thread;
    const json::Value stated = member["as"];
    const std::string word = stated.is_string() ? stated.text() : thread ? "title" : "name";
    for (const char* each : {"name", "phone", "account", "username"})
      if (!thread && word == each) out.as = each;
    for (const char* each : {"title", "source_id"})
      if (thread && word == each) out.as = each;
    if (out.as == nullptr || (stated && !stated.is_string()))
      return refuse(stated, thread ? "a thread is told as \"title\" or \"source_id\""
                                   : "a person is told as \"name\", \"phone\", \"account\" or "
                                     "\"username\"");
    out.said += " as " + word;
    return true;
  }

  bool words(const json::Value& member, const Key& key, Assignment& out) {
    const json::Value list = member["words"];
    if (!list) return true;
    if (!list.is_object() || !list.child())
      return refuse(list, "\"words\" is an object: what cells say and what it stands for");
    if (!only(list, {})) return false;
    for (json::Value each = list.child(); each; each = each.next()) {
      const bool number = key.type == Type::number;
      if (number ? !integer(each) : !each.is_string() || each.text().empty())
        return refuse(each, number ? "this key is a number" : "this key is a text");
      if (!fits(key, each.text())) return refuse(each, "\"direction\" is \"in\" or \"out\"");
      out.words.emplace_back(each.key(), each.text());
      out.said += "; " + each.key() + ": " + each.text();
    }
    return true;
  }

  const fx::Host& host_;
  const Found& found_;
  Mapping& out_;
  Misfit& misfit_;
  json::Tree tree_;
  std::vector<std::string> names_;
  std::size_t width_ = 0;
};

}  // namespace

const Constant* Mapping::constant(std::string_view key) const {
  const auto found =
      std::ranges::find_if(constants, [&](const Constant& each) { return each.key->name == key; });
  return found == constants.end() ? nullptr : &*found;
}

bool read_mapping(const fx::Host& host, const Found& found, Mapping& out, Misfit& misfit) {
  return MappingReader(host, found, out, misfit).run();
}

}  // namespace table
