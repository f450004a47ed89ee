#include "casefile/people.hpp"

#include "casefile/identities.hpp"
#include "lines.hpp"
#include "program.hpp"
#include "progress.hpp"
#include "table.hpp"
#include "timeline/moment.hpp"

namespace forensics::cli {
namespace {

using casefile::IdentityLink;
using casefile::Person;

struct PeopleOptions {
  std::string root;
};

bool names(const Person& person, const std::string& value) {
  if (value.empty()) return false;
  const auto has = [&](const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  if (has(person.names) || has(person.phones) || has(person.accounts)) return true;
  const auto number = casefile::international_number(value);
  if (!number) return false;
  return std::any_of(person.phones.begin(), person.phones.end(), [&](const std::string& phone) {
    return casefile::international_number(phone) == number;
  });
}

bool concerns(const IdentityLink& link, const Person& person) {
  return names(person, link.before) || names(person, link.after) || names(person, link.name) ||
         names(person, link.account);
}

std::vector<IdentityLink> links_of(const Person& person, const std::vector<IdentityLink>& all) {
  std::vector<IdentityLink> out;
  for (const IdentityLink& link : all)
    if (concerns(link, person)) out.push_back(link);
  return out;
}

// Of names and numbers that no account in the case has: they may be anybody's.
std::vector<IdentityLink> links_of_nobody(const std::vector<Person>& people,
                                          const std::vector<IdentityLink>& all) {
  std::vector<IdentityLink> out;
  for (const IdentityLink& link : all) {
    const bool is_known = std::any_of(people.begin(), people.end(),
                                      [&](const Person& person) { return concerns(link, person); });
    if (!is_known) out.push_back(link);
  }
  return out;
}

Json strings(const std::vector<std::string>& list) {
  Json out = Json::array();
  for (const std::string& each : list) out.push_back(each);
  return out;
}

std::string sent_text(const IdentityLink& link) {
  return timeline::wall_text(link.sent->wall, link.sent->precision);
}

Json links_json(const std::vector<IdentityLink>& links) {
  Json out = Json::array();
  for (const IdentityLink& link : links) {
    Json entry = Json::object();
    entry["before"] = link.before;
    entry["after"] = link.after;
    entry["name"] = link.name;
    entry["action"] = link.action;
    entry["platform"] = link.platform;
    entry["account"] = link.account;
    entry["sent"] = link.sent ? Json(sent_text(link)) : Json();
    entry["message"] =
        link.number > 0 ? Json(casefile::message_id(link.conversation, link.number)) : Json();
    out.push_back(std::move(entry));
  }
  return out;
}

Json person_line(const std::string& id, const Person& person,
                 const std::vector<IdentityLink>& links) {
  Json line = Json::object();
  line["id"] = id;
  line["names"] = strings(person.names);
  line["phones"] = strings(person.phones);
  line["accounts"] = strings(person.accounts);
  line["saved_as"] = strings(person.saved_as);
  line["owner"] = person.owner;
  line["platforms"] = strings(person.platforms);
  line["exhibits"] = strings(person.exhibits);
  line["conversations"] = Json::array();
  for (const std::int64_t each : person.conversations)
    line["conversations"].push_back(casefile::conversation_id(each));
  line["messages"] = person.messages;
  line["first"] = wall_or_null(person.first);
  line["last"] = wall_or_null(person.last);
  line["basis"] = casefile::name_of(person.basis);
  line["links"] = links_json(links);
  return line;
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& each : list) out.append(out.empty() ? "" : ", ").append(each);
  return out;
}

// The names in the threads, then those of address books that are not among them.
std::string names_text(const Person& person) {
  std::string out = joined(person.names);
  for (const std::string& each : person.saved_as)
    if (std::find(person.names.begin(), person.names.end(), each) == person.names.end())
      out.append(out.empty() ? "" : ", ").append("saved as " + each);
  if (out.empty()) out = joined(person.accounts);
  return person.owner ? out + " (owner)" : out;
}

std::string told(const IdentityLink& link) {
  // What a list of the source says belongs to no message.
  std::string out = link.number > 0 ? "says " + casefile::message_id(link.conversation, link.number)
                                    : std::string("stated by the source");
  if (link.sent) out += ", " + sent_text(link);
  out += ':';
  if (!link.action.empty()) out += ' ' + visible(link.action);
  if (!link.before.empty()) out += " from " + visible(link.before);
  if (!link.after.empty()) out += " to " + visible(link.after);
  if (!link.name.empty()) out += " (" + visible(link.name) + ')';
  if (!link.account.empty()) out += ", account " + visible(link.account);
  return "    " + out + "\n";
}

std::string told(const std::vector<IdentityLink>& links) {
  std::string out;
  for (const IdentityLink& link : links) out += told(link);
  return out;
}

Result<Exit> list_people(Program& program, const PeopleOptions& options) {
  const auto reading = TRY(Reading::open(options.root, {}));
  const std::vector<Person> people = TRY(casefile::people(reading->reader));
  const std::vector<IdentityLink> all = TRY(casefile::identity_links(reading->reader));
  Output& out = program.out;
  const Table table(out.terminal, {{.title = "PERSON", .width = 6},
                                   {.title = "NAMES", .width = 24, .evidence = true},
                                   {.title = "PHONES", .width = 20, .evidence = true},
                                   {.title = "PLATFORMS", .width = 18},
                                   {.title = "MESSAGES", .width = 9, .to_right = true},
                                   {.title = "EXHIBITS", .width = 16, .evidence = true},
                                   {.title = "JOINED BY", .width = 0}});
  if (!out.json && !people.empty()) TRY(out.text(table.heading()));
  for (std::size_t at = 0; at < people.size(); ++at) {
    const Person& person = people[at];
    const std::string id = "N" + std::to_string(at + 1);
    const std::vector<IdentityLink> links = links_of(person, all);
    const bool go_on =
        out.json ? TRY(out.line(person_line(id, person, links)))
                 : TRY(out.text(table.row({id, names_text(person), joined(person.phones),
                                           visible(joined(person.platforms)),
                                           number_text(person.messages), joined(person.exhibits),
                                           std::string(casefile::name_of(person.basis))}) +
                                told(links)));
    if (!go_on) break;
  }
  const std::vector<IdentityLink> loose = links_of_nobody(people, all);
  if (!loose.empty() && out.json) {
    Json line = Json::object();
    line["id"] = Json();
    line["links"] = links_json(loose);
    TRY(out.line(line));
  } else if (!loose.empty()) {
    TRY(out.text("\nStated of names and numbers that no account above has:\n" + told(loose)));
  }
  out.count("people", static_cast<std::int64_t>(people.size()));
  return Exit::complete;
}

}  // namespace

void add_people_command(Program& program) {
  const auto options = std::make_shared<PeopleOptions>();
  CLI::App* people = add_command(program, program.app, "people",
                                 "List who took part; accounts are joined only where they state "
                                 "the same phone number or are the same",
                                 "  forensics people case-17\n"
                                 "  forensics people case-17 --json | jq 'select(.links != [])'",
                                 options, &list_people);
  add_case_argument(*people, options->root);
  people->add_flag("--json", program.out.json, "JSON Lines");
}

}  // namespace forensics::cli
