#include "plugin/vocabulary_table.hpp"

#include <algorithm>

#include "model/vocabulary.hpp"

namespace forensics::plugin {
namespace {

std::string_view name_of(model::Type type) {
  switch (type) {
    case model::Type::text: return "text";
    case model::Type::integer: return "integer";
    case model::Type::time: return "time";
    case model::Type::ref: return "reference";
  }
  return "";
}

std::string_view name_of(model::Key key) {
  return model::find_key(static_cast<std::uint8_t>(key))->name;
}

}  // namespace

std::string vocabulary_tables() {
  std::string out = "| No. | Kind | Meaning | Keys (required ones in bold) |\n|---|---|---|---|\n";
  for (const model::KindInfo& kind : model::kinds()) {
    out += "| " + std::to_string(static_cast<int>(kind.kind)) + " | `";
    out.append(kind.name).append("` | ").append(kind.meaning).append(" |");
    const char* separator = " ";
    for (const model::Key key : kind.keys) {
      const bool is_required = std::ranges::find(kind.required, key) != kind.required.end();
      out.append(separator).append(is_required ? "**" : "").append(name_of(key));
      out.append(is_required ? "**" : "");
      separator = ", ";
    }
    out += " |\n";
  }
  out += "\n| No. | Key | Type | Meaning |\n|---|---|---|---|\n";
  for (const model::KeyInfo& key : model::keys()) {
    out += "| " + std::to_string(static_cast<int>(key.key)) + " | `";
    out.append(key.name).append("` | ").append(name_of(key.type)).append(" | ");
    out.append(key.meaning).append(" |\n");
  }
  return out;
}

}  // namespace forensics::plugin
