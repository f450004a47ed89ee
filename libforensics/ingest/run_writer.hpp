#pragma once
// Takes the records of one plugin run and writes them: rows of the database, full text, timeline
// and record tree, all in the order in which the plugin emitted them and all inside the caller's
// transaction. Memory holds the conversations and participants of the run, not its messages.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "casefile/database.hpp"
#include "casefile/reader.hpp"
#include "ingest/leaf_pipe.hpp"
#include "ingest/message_rows.hpp"
#include "ledger/record_tree.hpp"
#include "plugin/host.hpp"
#include "timeline/events.hpp"

namespace forensics::ingest {

class RunWriter : public plugin::Sink {
 public:
  struct Source {
    std::int64_t run = 0;
    casefile::Artifact artifact;
  };

  static Result<std::unique_ptr<RunWriter>> begin(const casefile::Database& database,
                                                  ledger::SaltKey& salts, Source source);

  Status record(const model::Record& record) override;
  Status skip(const plugin::Skip& skip) override;
  Status note(const plugin::Note& note) override;

  // Writes what is known only at the end: totals of conversations and participants, unexplained
  // ranges.
  Status finish(const plugin::Outcome& outcome);
  // Afterwards, when the files that the run made are artifacts: links from attachments to the
  // artifacts that they name.
  Status link_attachments();

  ledger::RecordSummary summary() { return leaves_.finish(); }
  std::int64_t messages() const { return messages_; }
  std::size_t conversations() const { return threads_.size(); }
  std::optional<std::int64_t> first_message() const { return first_message_; }

 private:
  struct Person {
    std::int64_t id = 0;
    std::int64_t messages = 0;
    std::optional<std::int64_t> first, last;
  };
  struct Thread : Person {
    std::string platform;
  };

  RunWriter(const casefile::Database& database, ledger::SaltKey& salts, Source source);
  Status prepare();
  Status conversation(const model::Record& record);
  Status participant(const model::Record& record);
  Status message(const model::Record& record);
  Status attachment(const model::Record& record);
  Status keep(const model::Record& record);
  Status add_events(std::int64_t id, const timeline::MessageTimes& times);
  template <typename Threads>
  Status write_totals(std::string_view table, const Threads& threads);
  std::optional<std::int64_t> owner(const model::Record& record) const;

  const casefile::Database& database_;
  Source source_;
  LeafPipe leaves_;
  std::int64_t position_ = -1;  // of the record at hand
  std::int64_t next_message_ = 0;
  std::int64_t messages_ = 0;
  std::optional<std::int64_t> first_message_;
  MessageRows rows_;
  std::uint64_t skips_ = 0;
  std::uint64_t notes_ = 0;
  std::unordered_map<std::int64_t, Thread> threads_;
  std::unordered_map<std::int64_t, Person> people_;
  std::string data_, folded_;

  casefile::Statement insert_conversation_, insert_participant_, insert_message_, insert_text_,
      insert_event_, insert_attachment_, insert_record_, insert_skip_, insert_note_;
};

}  // namespace forensics::ingest
