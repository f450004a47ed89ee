#include "ingest/attachment_links.hpp"

#include "casefile/inventory.hpp"
#include "ingest/acquisition.hpp"
#include "ingest/siblings.hpp"

namespace forensics::ingest {
namespace {

// How many components two paths have in common, from their ends.
std::size_t common_end(std::string_view a, std::string_view b) {
  std::size_t components = 0;
  for (std::size_t i = 0;; ++i) {
    const bool a_ends = i >= a.size();
    const bool b_ends = i >= b.size();
    const char in_a = a_ends ? '/' : a[a.size() - 1 - i];
    const char in_b = b_ends ? '/' : b[b.size() - 1 - i];
    if (in_a != in_b) return components;
    if (in_a == '/') ++components;
    if (a_ends || b_ends) return components;
  }
}

}  // namespace

Status AttachmentLinks::settle(std::int64_t first_message) const {
  casefile::Statement select = TRY(
      database_.prepare("SELECT id, coalesce(name, ''), coalesce(path, ''), coalesce(digest, x'')"
                        " FROM attachment WHERE message >= ? AND state <> 'omitted'"));
  casefile::Statement update =
      TRY(database_.prepare("UPDATE attachment SET state = ?, artifact = ? WHERE id = ?"));
  select.bind(1, first_message);
  while (TRY(select.step())) {
    const Wanted wanted{std::string(select.text(1)), std::string(select.text(2)),
                        std::string(select.blob(3))};
    // A source that names no file says itself what became of it.
    if (wanted.name.empty() && wanted.path.empty() && wanted.digest.empty()) continue;
    const Found found = TRY(find(wanted));
    update.bind_text(1, found.empty()      ? "missing"
                        : found.size() > 1 ? "ambiguous"
                                           : "present")
        .bind(3, select.integer(0));
    if (found.size() == 1)
      update.bind(2, found.front());
    else
      update.bind_null(2);
    TRY(update.run());
  }
  return {};
}

Result<AttachmentLinks::Found> AttachmentLinks::find(const Wanted& wanted) const {
  Found found;
  if (!wanted.digest.empty()) found = TRY(by_digest(wanted.digest));
  if (found.empty()) found = TRY(by_child(wanted.path.empty() ? wanted.name : wanted.path));
  if (found.empty() && !wanted.path.empty()) found = TRY(below(wanted.path));
  if (found.empty() && !wanted.path.empty()) found = TRY(by_path(wanted.path));
  if (found.empty() && !wanted.path.empty()) found = TRY(by_backup_id(wanted.path));
  if (found.empty() && !wanted.name.empty()) found = TRY(by_name(wanted.name));
  return found;
}

// Files of one digest are one file, wherever they lie: the first stands for all of them.
Result<AttachmentLinks::Found> AttachmentLinks::by_digest(const std::string& digest) const {
  casefile::Statement select = TRY(database_.prepare(
      "SELECT min(id) FROM artifact WHERE sha256 = ? AND exhibit = ? HAVING min(id) IS NOT NULL"));
  select.bind_blob(1, digest).bind(2, source_.exhibit);
  Found found;
  if (TRY(select.step())) found.push_back(select.integer(0));
  return found;
}

// What the plugin itself took out of the file is meant before anything else of that name.
Result<AttachmentLinks::Found> AttachmentLinks::by_child(const std::string& name) const {
  casefile::Statement select =
      TRY(database_.prepare("SELECT id FROM artifact WHERE parent = ? AND path = ? LIMIT 2"));
  const std::string place = kept_path(source_.path + "/" + name);
  select.bind(1, source_.id).bind_blob(2, place);
  Found found;
  while (TRY(select.step())) found.push_back(select.integer(0));
  return found;
}

// What an export keeps beside itself it names from its own folder on.
Result<AttachmentLinks::Found> AttachmentLinks::below(const std::string& path) const {
  casefile::Statement select = TRY(database_.prepare(
      "SELECT id FROM artifact WHERE exhibit = ? AND name = ? AND path = ? LIMIT 2"));
  const std::string name = file_name(path);
  const std::string place = folder_of(source_.path) + path;
  select.bind(1, source_.exhibit).bind_blob(2, name).bind_blob(3, place);
  Found found;
  while (TRY(select.step())) found.push_back(select.integer(0));
  return found;
}

// Where the device had the file, the exhibit has it below some folder of its own: the longest end
// that two paths have in common decides.
Result<AttachmentLinks::Found> AttachmentLinks::by_path(const std::string& path) const {
  casefile::Statement select = TRY(database_.prepare(
      "SELECT id, path FROM artifact WHERE exhibit = ? AND name = ? ORDER BY id LIMIT 64"));
  const std::string name = file_name(path);
  select.bind(1, source_.exhibit).bind_blob(2, name);
  Found found;
  std::size_t longest = 0;
  while (TRY(select.step())) {
    const std::size_t common = common_end(path, select.blob(1));
    if (common < longest) continue;
    if (common > longest) found.clear();
    longest = common;
    found.push_back(select.integer(0));
  }
  return found;
}

// In an iTunes backup a file's name is made of its domain and path.
Result<AttachmentLinks::Found> AttachmentLinks::by_backup_id(const std::string& path) const {
  const std::string stem = path.starts_with("/") ? path.substr(1) : path;
  for (const char* domain : {"AppDomainGroup-group.net.whatsapp.WhatsApp.shared-",
                             "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared-",
                             "AppDomainGroup-group.viber.share.container-"})
    for (const char* folder : {"Message/", "", "com.viber/"}) {
      Found found = TRY(by_name(casefile::backup_file_id(std::string(domain) + folder + stem)));
      if (!found.empty()) return found;
    }
  return Found();
}

// A name in a chat export means the file beside the export; where there is none, the one file of
// that name in the whole exhibit. Two candidates are no answer.
Result<AttachmentLinks::Found> AttachmentLinks::by_name(const std::string& name) const {
  casefile::Statement select = TRY(
      database_.prepare("SELECT id, path FROM artifact WHERE exhibit = ? AND name = ? LIMIT 64"));
  select.bind(1, source_.exhibit).bind_blob(2, name);
  Found beside;
  Found elsewhere;
  const std::string place = folder_of(source_.path) + name;
  while (TRY(select.step()))
    (select.blob(1) == place ? beside : elsewhere).push_back(select.integer(0));
  return beside.empty() ? elsewhere : beside;
}

}  // namespace forensics::ingest
