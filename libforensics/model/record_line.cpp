#include "model/record_line.hpp"

#include <charconv>

#include "base/json.hpp"

namespace forensics::model {
namespace {

template <typename Number>
void append_number(std::string& out, Number value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

// A third number says which companion it stands in; the artifact itself needs none.
void append_span(std::string& out, const Span& span) {
  out += '[';
  append_number(out, span.offset);
  out += ',';
  append_number(out, span.length);
  if (span.input != 0) {
    out += ',';
    append_number(out, unsigned{span.input});
  }
  out += ']';
}

void append_more(std::string& out, const std::vector<Span>& more) {
  if (more.empty()) return;
  out += R"(,"more":)";
  char separator = '[';
  for (const Span& span : more) {
    out += separator;
    append_span(out, span);
    separator = ',';
  }
  out += ']';
}

// Names from the vocabulary are lower-case ASCII: no escaping, and this is the hot path.
void append_name(std::string& out, std::string_view name) {
  out += '"';
  out += name;
  out += '"';
}

void append_time(std::string& out, const Time& time) {
  out += R"({"basis":)";
  append_name(out, name_of(time.basis));
  out += R"(,"offset":)";
  append_number(out, time.offset);
  out += R"(,"precision":)";
  append_name(out, name_of(time.precision));
  out += R"(,"wall":)";
  append_number(out, time.wall);
  out += '}';
}

void append_field(std::string& out, const Field& field) {
  const KeyInfo& info = *find_key(static_cast<std::uint8_t>(field.key));
  out += R"({"basis":)";
  append_name(out, name_of(field.basis));
  out += R"(,"codec":)";
  append_name(out, name_of(field.span.codec));
  if (field.basis == Basis::recognised) {
    out += R"(,"confidence":)";
    append_number(out, field.confidence);
  }
  out += R"(,"key":)";
  append_name(out, info.name);
  append_more(out, field.more);
  if (field.basis == Basis::derived) {
    out += R"(,"rule":)";
    append_json_string(out, field.rule);
  }
  out += R"(,"span":)";
  append_span(out, field.span);
  out += R"(,"value":)";
  switch (info.type) {
    case Type::text: append_json_string(out, field.text); break;
    case Type::integer:
    case Type::ref: append_number(out, field.number); break;
    case Type::time: append_time(out, field.time); break;
  }
  out += '}';
}

}  // namespace

void append_record_line(const Record& record, std::string_view salt, std::string& out) {
  out += R"({"extent":)";
  append_span(out, record.extent);
  out += R"(,"fields":[)";
  bool first = true;
  for (const Field& field : record.fields) {
    if (!first) out += ',';
    first = false;
    append_field(out, field);
  }
  out += R"(],"kind":)";
  append_name(out, find_kind(static_cast<std::uint8_t>(record.kind))->name);
  out += R"(,"ref":)";
  append_number(out, record.ref);
  out += R"(,"salt":)";
  append_name(out, salt);
  out += '}';
}

}  // namespace forensics::model
