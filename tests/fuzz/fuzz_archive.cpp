// Archives: any bytes at all; every member that begins must end, unless the reading stops there.

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/files.hpp"
#include "evidence/archive.hpp"

namespace {

class CountingSink : public forensics::evidence::ArchiveSink {
 public:
  bool begin(const forensics::evidence::ArchiveMember&) override {
    if (open_) std::abort();
    open_ = true;
    return true;
  }
  bool data(forensics::ByteView bytes) override {
    if (!open_) std::abort();
    total_ += bytes.size();
    return true;
  }
  bool end(const forensics::Error*) override {
    if (!open_) std::abort();
    open_ = false;
    return true;
  }
  std::uint64_t total() const { return total_; }

 private:
  bool open_ = false;
  std::uint64_t total_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const forensics::Descriptor file(::memfd_create("archive", MFD_CLOEXEC));
  if (!forensics::Files::system().write(file, {reinterpret_cast<const char*>(data), size},
                                        "memory"))
    return 0;
  forensics::evidence::ArchiveLimits limits;
  limits.members = 1000;
  limits.total_bytes = std::uint64_t{4} << 20;
  CountingSink sink;
  static_cast<void>(forensics::evidence::read_archive(file.get(), limits, sink));
  if (sink.total() > limits.total_bytes) std::abort();
  return 0;
}
