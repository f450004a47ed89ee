#include "ledger/strangers.hpp"

#include <algorithm>
#include <initializer_list>

namespace forensics::ledger {
namespace {

using Names = std::initializer_list<std::string_view>;

void look(Source& source, Verdict& verdict, Source::Folder folder, const std::string& where,
          Names known) {
  const auto extra = [&](std::string place, std::string what) {
    verdict.add({"EXTRA", Severity::warning, std::move(place), std::move(what)});
  };
  const auto names = source.names(folder);
  if (!names) return extra(where, "cannot be listed: " + names.error().message);
  for (const std::string& name : *names)
    if (std::find(known.begin(), known.end(), name) == known.end())
      extra(where + '/' + name, "nothing that belongs here");
}

}  // namespace

void find_strangers(Source& source, Verdict& verdict) {
  look(source, verdict, Source::Folder::ledger, "ledger",
       {"entries.jsonl", "checkpoints", "tokens", "cosignatures", "recovery"});
  look(source, verdict, Source::Folder::keys, "keys", {"log.key", "log.pub", "salt.key"});
}

}  // namespace forensics::ledger
