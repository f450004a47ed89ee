#pragma once
// Runs plugins in real workers and collects what reaches the case.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "plugin/host.hpp"

namespace forensics::plugin {

class CollectingSink final : public Sink {
 public:
  Status record(const model::Record& record) override {
    records.push_back(record);
    return {};
  }
  Status skip(const Skip& skip) override {
    skips.push_back(skip);
    return {};
  }
  Status note(const Note& note) override {
    notes.push_back(note);
    return {};
  }
  Status begin_child(const Child& child) override {
    children.emplace_back().child = child;
    return {};
  }
  Status child_data(ByteView bytes) override {
    children.back().bytes += bytes;
    return {};
  }
  Status end_child(bool verified, const std::string&, const Error* broken_off) override {
    children.back().verified = verified;
    children.back().whole = broken_off == nullptr;
    return {};
  }

  std::vector<model::Record> records;
  std::vector<Skip> skips;
  std::vector<Note> notes;

  struct Made {
    Child child;
    std::string bytes;
    bool verified = false;
    bool whole = false;
  };
  std::vector<Made> children;
};

// Bytes behind a descriptor that can only be read.
inline Descriptor evidence(const std::string& bytes) {
  const Descriptor memory(::memfd_create("evidence", MFD_CLOEXEC));
  EXPECT_EQ(::write(memory.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  const std::string path = "/proc/self/fd/" + std::to_string(memory.get());
  return Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

inline const std::string kTwoColumns = "#two-columns\nAda\tgood morning\nBob\thello\n";

class HostTest : public testing::Test {
 protected:
  // A host with the example plugin and the named ones.
  static Host::Options options(const std::vector<std::string>& names) {
    Host::Options options;
    options.worker = FORENSICS_TEST_WORKER;
    options.plugins.push_back(std::string(FORENSICS_TEST_PLUGINS) + "/two_columns.so");
    options.plugins.push_back(std::string(FORENSICS_TEST_PLUGINS) + "/several_inputs.so");
    for (const std::string& name : names)
      options.plugins.push_back(FORENSICS_TEST_PLUGINS "/" + name + ".so");
    return options;
  }

  void start_with(const std::vector<std::string>& names) { start(options(names)); }
  void start(const Host::Options& wanted) {
    auto started = Host::start(wanted);
    ASSERT_TRUE(started) << started.error().text();
    host_ = std::move(*started);
  }

  Result<Outcome> try_to_run(const std::string& plugin, const Descriptor& input) {
    sink_ = {};
    Task task;
    task.plugin = plugin;
    task.input = input.get();
    auto job = TRY(host_->parse(task));
    return job->drain(sink_);
  }

  Outcome run(const std::string& plugin, const std::string& bytes, const Limits& limits = {}) {
    sink_ = {};
    const Descriptor input = evidence(bytes);
    Task task;
    task.plugin = plugin;
    task.input = input.get();
    task.name = "input.txt";
    task.limits = limits;
    auto job = host_->parse(task);
    EXPECT_TRUE(job) << job.error().text();
    if (!job) return {};
    auto outcome = (*job)->drain(sink_);
    EXPECT_TRUE(outcome) << outcome.error().text();
    return outcome ? *outcome : Outcome{};
  }

  // After whatever happened the same host reads the next artifact.
  void expect_unharmed() {
    const Outcome outcome = run("org.example.two-columns", kTwoColumns);
    EXPECT_EQ(outcome.ending, Ending::complete) << outcome.detail;
    EXPECT_EQ(outcome.records, 5U);
    EXPECT_EQ(outcome.unexplained_bytes, 0U);
  }

  std::unique_ptr<Host> host_;
  CollectingSink sink_;
};

}  // namespace forensics::plugin
