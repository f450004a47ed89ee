#include "ingest/leaf_pipe.hpp"

#include "base/bytes.hpp"
#include "model/record_line.hpp"

namespace forensics::ingest {
namespace {

constexpr std::size_t kBatchBytes = std::size_t{256} << 10;
constexpr std::size_t kMaxBatches = 8;

}  // namespace

LeafPipe::LeafPipe(ledger::SaltKey& salts, std::string source)
    : salts_(salts), source_(std::move(source)), thread_([this] { work(); }) {}

LeafPipe::~LeafPipe() {
  finish();
}

void LeafPipe::add(const model::Record& record) {
  model::encode(record, filling_.bytes);
  filling_.ends.push_back(filling_.bytes.size());
  if (filling_.bytes.size() >= kBatchBytes) hand_over();
}

void LeafPipe::hand_over() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kMaxBatches; });
  queue_.push_back(std::move(filling_));
  filling_ = {};
  changed_.notify_all();
}

ledger::RecordSummary LeafPipe::finish() {
  if (thread_.joinable()) {
    if (!filling_.ends.empty()) hand_over();
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  return tree_.summary();
}

void LeafPipe::work() {
  model::Record record;
  std::string line;
  for (;;) {
    Batch batch;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
      if (queue_.empty()) return;
      batch = std::move(queue_.front());
      queue_.pop_front();
    }
    changed_.notify_all();
    std::size_t start = 0;
    for (const std::size_t end : batch.ends) {
      const ByteView bytes = ByteView(batch.bytes).substr(start, end - start);
      start = end;
      model::decode(bytes, record);  // of what add() encoded
      const ledger::Salt salt = salts_.salt(source_, tree_.count());
      line.clear();
      model::append_record_line(
          record, to_hex({reinterpret_cast<const char*>(salt.data()), salt.size()}), line);
      tree_.add(line);
    }
  }
}

}  // namespace forensics::ingest
