#include "ingest/companions.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "casefile/inventory.hpp"
#include "ingest/apply.hpp"
#include "ingest/siblings.hpp"

namespace forensics::ingest {
namespace {

// Files of one name in one exhibit that are looked at: a name like "key" is asked for because it is
// rare.
constexpr std::int64_t kMostOfOneName = 1000;

using Candidate = std::optional<casefile::Artifact>;

Result<Candidate> readable(const casefile::Database& database, std::int64_t id) {
  auto artifact = TRY(casefile::Reader(database).artifact(id));
  if (artifact && !artifact->sha256) artifact.reset();
  return artifact;
}

// How many folders one passes from the one file to the other.
std::size_t distance(std::string_view a, std::string_view b) {
  a = a.substr(0, a.find_last_of('/') + 1);
  b = b.substr(0, b.find_last_of('/') + 1);
  std::size_t common = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()) && a[i] == b[i]; ++i)
    if (a[i] == '/') common = i + 1;
  return static_cast<std::size_t>(std::ranges::count(a.substr(common), '/') +
                                  std::ranges::count(b.substr(common), '/'));
}

Result<Candidate> nearest(const casefile::Database& database, const casefile::Artifact& artifact,
                          const std::string& name) {
  casefile::Statement select = TRY(
      database.prepare("SELECT id, path FROM artifact WHERE exhibit = ? AND name = ? AND id <> ?"
                       " AND sha256 IS NOT NULL ORDER BY path, member LIMIT ?"));
  select.bind(1, artifact.exhibit).bind_blob(2, name).bind(3, artifact.id).bind(4, kMostOfOneName);
  std::int64_t best = 0;
  std::size_t shortest = 0;
  while (TRY(select.step())) {
    const std::size_t way = distance(artifact.path, select.blob(1));
    if (best != 0 && way >= shortest) continue;
    best = select.integer(0);
    shortest = way;
  }
  if (best == 0) return Candidate();
  return readable(database, best);
}

Result<Candidate> beside(const casefile::Database& database, const casefile::Artifact& artifact,
                         const std::string& suffix) {
  casefile::Statement select = TRY(database.prepare(
      "SELECT id FROM artifact WHERE exhibit = ? AND path = ? AND id <> ? AND sha256 IS NOT NULL"
      " ORDER BY parent IS NOT ?, member, id LIMIT 1"));
  const std::string path = artifact.path + suffix;
  select.bind(1, artifact.exhibit).bind_blob(2, path).bind(3, artifact.id).bind(4, artifact.parent);
  if (TRY(select.step())) return readable(database, select.integer(0));
  // In an iTunes backup the name of every file is made of its path on the device.
  const auto path_there = casefile::backup_path(file_name(artifact.path));
  if (!path_there) return Candidate();
  return nearest(database, artifact, casefile::backup_file_id(*path_there + suffix));
}

Status add(std::vector<FoundCompanion>& out, const casefile::ObjectStore& objects,
           std::uint8_t input, casefile::Artifact artifact) {
  FoundCompanion found;
  found.input = input;
  found.object = TRY(objects.open(*artifact.sha256));
  found.artifact = std::move(artifact);
  out.push_back(std::move(found));
  return {};
}

const std::vector<Json>* stated_list(const Json& body) {
  const Json* list = body.find("companions");
  return list == nullptr ? nullptr : list->as_array();
}

}  // namespace

Result<std::vector<FoundCompanion>> find_companions(
    const casefile::Database& database, const casefile::ObjectStore& objects,
    const casefile::Artifact& artifact, const std::vector<plugin::CompanionWish>& wishes) {
  std::vector<FoundCompanion> out;
  for (const plugin::CompanionWish& wish : wishes) {
    auto found = wish.suffix.empty() ? TRY(nearest(database, artifact, wish.name))
                                     : TRY(beside(database, artifact, wish.suffix));
    if (found) TRY(add(out, objects, wish.input, std::move(*found)));
  }
  return out;
}

Result<std::vector<FoundCompanion>> stated_companions(const casefile::Database& database,
                                                      const casefile::ObjectStore& objects,
                                                      const Json& body) {
  std::vector<FoundCompanion> out;
  const auto* list = stated_list(body);
  if (list == nullptr) return out;
  for (const Json& each : *list) {
    const std::int64_t input = each.integer("input");
    const std::int64_t last = out.empty() ? 0 : out.back().input;
    const std::int64_t id = TRY(artifact_number(each.text("artifact")));
    auto artifact = TRY(readable(database, id));
    if (input <= last || input >= model::kMostInputs || !artifact ||
        to_hex(view(*artifact->sha256)) != each.text("sha256"))
      return fail(ErrorCode::integrity, casefile::artifact_id(id),
                  "it is not the companion that the entry states");
    TRY(add(out, objects, static_cast<std::uint8_t>(input), std::move(*artifact)));
  }
  return out;
}

Json companions_json(const std::vector<FoundCompanion>& companions,
                     const plugin::Outcome& outcome) {
  Json list;
  for (const FoundCompanion& each : companions) {
    Json item = Json::object();
    item["artifact"] = casefile::artifact_id(each.artifact.id);
    item["input"] = std::int64_t{each.input};
    item["sha256"] = to_hex(view(*each.artifact.sha256));
    for (const plugin::Outcome::CompanionSum& sum : outcome.companions) {
      if (sum.input != each.input) continue;
      item["covered"] = sum.covered;
      item["skipped"] = sum.skipped;
      item["unexplained"] = sum.unexplained_bytes;
    }
    list.push_back(std::move(item));
  }
  return list;
}

Status insert_companions(const casefile::Database& database, std::int64_t run, const Json& body) {
  const auto* list = stated_list(body);
  if (list == nullptr) return {};
  casefile::Statement insert = TRY(
      database.prepare("INSERT INTO companion (run, input, artifact, covered, skipped, unexplained)"
                       " VALUES (?, ?, ?, ?, ?, ?)"));
  for (const Json& each : *list)
    TRY(insert.bind(1, run)
            .bind(2, each.integer("input"))
            .bind(3, TRY(artifact_number(each.text("artifact"))))
            .bind(4, each.integer("covered"))
            .bind(5, each.integer("skipped"))
            .bind(6, each.integer("unexplained"))
            .run());
  return {};
}

std::vector<plugin::Companion> handed_over(const std::vector<FoundCompanion>& companions) {
  std::vector<plugin::Companion> out;
  for (const FoundCompanion& each : companions)
    out.push_back({each.input, each.object.get(), each.artifact.path});
  return out;
}

Result<plugin::Inputs> inputs_of(const Descriptor& object,
                                 const std::vector<FoundCompanion>& companions) {
  plugin::Inputs inputs = plugin::only_input(object.get(), TRY(size_of(object)));
  for (const FoundCompanion& each : companions)
    inputs[each.input] = {each.object.get(), TRY(size_of(each.object)), true};
  return inputs;
}

Turn turn_of(const std::string& file, const std::vector<plugin::PluginInfo>& plugins) {
  const std::string name = casefile::backup_path(file).value_or(file);
  Turn turn = Turn::plain;
  for (const plugin::PluginInfo& plugin : plugins)
    for (const plugin::CompanionWish& wish : plugin.companions) {
      if (!wish.suffix.empty() && name.size() > wish.suffix.size() && name.ends_with(wish.suffix))
        return Turn::suffixed;
      if (!wish.name.empty() && name == wish.name) turn = Turn::named;
    }
  return turn;
}

}  // namespace forensics::ingest
