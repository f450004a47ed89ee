// The verifier over a whole case that was tampered with. The input is a script of what somebody
// without the key of the case can do: edit, remove, move and add entries, chain them again, sign
// with a key of their own, edit checkpoints and objects. Whatever they do, a verdict without
// failure stands for the entries that were signed, byte for byte.

#include "case_image.hpp"
#include "target.hpp"

using namespace forensics;
using fuzz::CaseImage;
using fuzz::promise;
using fuzz::Script;

namespace {

const ledger::SigningKey& foreign_key() {
  static const auto key = ledger::SigningKey::from_seed(std::string(32, '\x09'));
  return *key;
}

const CaseImage& untouched() {
  static const CaseImage image = CaseImage::make();
  return image;
}

void overwrite(std::string& text, Script& script) {
  if (text.empty()) return;
  text[script.place<std::uint16_t>(text.size())] = script.number<char>();
}

void replace(std::string& text, Script& script) {
  const std::size_t at = script.place<std::uint16_t>(text.size() + 1);
  const std::size_t length = script.number<std::uint8_t>();
  text.replace(at, length, script.short_text());
}

// Numbers and links made to fit, as far as lines are entries at all.
void chain_again(CaseImage& image) {
  Digest prev{};
  for (std::size_t seq = 0; seq < image.lines.size(); ++seq) {
    if (auto entry = ledger::parse_entry(image.lines[seq])) {
      entry->seq = seq;
      entry->prev = prev;
      image.lines[seq] = entry->line();
    }
    prev = ledger::leaf_hash(image.lines[seq]);
  }
}

void name_foreign_key(CaseImage& image) {
  if (image.lines.empty()) return;
  auto entry = ledger::parse_entry(image.lines[0]);
  if (!entry) return;
  Json key;
  key["public"] = to_base64(foreign_key().public_key().bytes());
  key["type"] = "ed25519";
  entry->body["log_key"] = std::move(key);
  image.lines[0] = entry->line();
}

template <typename Map>
typename Map::iterator pick(Map& map, Script& script) {
  auto found = map.begin();
  std::advance(found, static_cast<std::ptrdiff_t>(script.place(map.size())));
  return found;
}

void tamper_with_entries(CaseImage& image, unsigned how, Script& script) {
  std::vector<std::string>& lines = image.lines;
  const std::size_t at = script.place(lines.size() + 1);
  if (how == 0)
    return void(
        lines.emplace(lines.begin() + static_cast<std::ptrdiff_t>(at), script.short_text()));
  if (how == 1) return void(image.torn = script.short_text());
  if (how == 2) return image.append("assert", Json::object());
  if (at >= lines.size()) return;
  const auto line = lines.begin() + static_cast<std::ptrdiff_t>(at);
  switch (how) {
    case 3: return overwrite(*line, script);
    case 4: return replace(*line, script);
    case 5: lines.erase(line); return;
    case 6: std::swap(*line, lines[script.place(lines.size())]); return;
    default: lines.push_back(*line); return;
  }
}

void tamper_with_checkpoints(CaseImage& image, unsigned how, Script& script) {
  if (how == 0) return image.sign(script.place(image.lines.size() + 1), foreign_key());
  if (how == 1) return void(image.notes[std::string(script.short_text())] = script.short_text());
  if (image.notes.empty()) return;
  const auto note = pick(image.notes, script);
  switch (how) {
    case 2: return overwrite(note->second, script);
    case 3: return replace(note->second, script);
    case 4: image.notes.erase(note); return;
    case 5: image.notes[ledger::checkpoint_file_name(script.place(12))] = note->second; return;
    case 6: std::swap(note->second, pick(image.notes, script)->second); return;
    default: {
      // A second signature line below the genuine one, as a witness would add it.
      const std::size_t size = script.place(image.lines.size() + 1);
      const std::string other = image.note_at(size, foreign_key()).encode();
      note->second += other.substr(other.find("\n\n") + 2);
    }
  }
}

void tamper_with_objects(CaseImage& image, unsigned how, Script& script) {
  if (how == 0) return void(image.put_object(script.short_text()));
  if (image.objects.empty()) return;
  const auto object = pick(image.objects, script);
  if (how == 1) return overwrite(object->second, script);
  if (how == 2) return replace(object->second, script);
  image.objects.erase(object);
}

void tamper(CaseImage& image, Script& script) {
  const unsigned what = script.number<std::uint8_t>();
  const unsigned how = what / 8 % 8;
  switch (what % 8) {
    case 0: return chain_again(image);
    case 1: return name_foreign_key(image);
    case 2: return tamper_with_objects(image, how, script);
    case 3:
    case 4: return tamper_with_checkpoints(image, how, script);
    default: return tamper_with_entries(image, how, script);
  }
}

bool begins_as_signed(const CaseImage& image, std::uint64_t entries) {
  const auto& signed_lines = untouched().lines;
  return entries <= signed_lines.size() && entries <= image.lines.size() &&
         std::equal(signed_lines.begin(),
                    signed_lines.begin() + static_cast<std::ptrdiff_t>(entries),
                    image.lines.begin());
}

void judge(const CaseImage& image, const ledger::Verdict& verdict) {
  if (verdict.key_confirmed)
    promise(begins_as_signed(image, verdict.signed_entries),
            "entries that count as signed are those that were signed");
  if (verdict.failures > 0) return;
  promise(verdict.key_confirmed, "without failure the key is the one that was expected");
  promise(verdict.signed_entries == 1 || verdict.signed_entries == 5 || verdict.signed_entries == 8,
          "without failure the entries end where a checkpoint was signed");
  if (verdict.signed_entries == 8)
    for (const auto& [name, bytes] : untouched().objects) {
      const auto found = image.objects.find(name);
      promise(found != image.objects.end() && found->second == bytes,
              "without failure every object is what was taken in");
    }
  if (verdict.warnings > 0) return;
  promise(verdict.entries == verdict.signed_entries && image.torn.empty(),
          "without warning nothing stands behind the signed entries");
  promise(image.notes.size() <= untouched().notes.size(), "without warning no file is too many");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  CaseImage image = untouched();
  Script script(data, size);
  for (int step = 0; step < 32 && !script.done(); ++step) tamper(image, script);

  ledger::VerifyOptions options;
  options.key_fingerprint = fuzz::case_key().public_key().fingerprint();
  options.records = [](const ledger::Entry&) -> Result<std::optional<ledger::RecordSummary>> {
    return CaseImage::records();
  };
  fuzz::ImageSource source(image);
  const auto verdict = ledger::verify(source, options);
  if (!verdict) {
    promise(verdict.error().code == ErrorCode::newer, "only a later version has no verdict");
    return 0;
  }
  promise(size > 0 || (verdict->failures + verdict->warnings == 0 && verdict->entries == 8),
          "an untouched case is sound");
  judge(image, *verdict);
  promise(!ledger::limits_of(*verdict, options).empty(), "no verdict is without its limits");
  promise(Json::parse_canonical(verdict->json().dump()).has_value(), "a verdict can be written");
  return 0;
}
