// Archives: any bytes at all; every member that begins must end, unless the reading stops there.

#include <sys/mman.h>

#include "base/files.hpp"
#include "evidence/archive.hpp"
#include "target.hpp"

using namespace forensics;
using fuzz::promise;

namespace {

class OrderlySink final : public evidence::ArchiveSink {
 public:
  bool begin(const evidence::ArchiveMember& member) override {
    promise(!open_, "no member begins inside another");
    promise(member.index == members_++, "members are numbered in their order");
    open_ = true;
    is_file_ = member.type == evidence::ArchiveMember::Type::file;
    return true;
  }
  bool data(ByteView bytes) override {
    promise(open_ && is_file_, "data belongs to a file");
    total_ += bytes.size();
    return true;
  }
  bool end(const Error* error) override {
    promise(open_, "only what began ends");
    promise(error == nullptr || is_utf8(error->text()), "an error can be shown");
    open_ = false;
    return true;
  }
  bool is_between_members() const { return !open_; }
  std::uint64_t total() const { return total_; }
  std::uint64_t members() const { return members_; }

 private:
  bool open_ = false;
  bool is_file_ = false;
  std::uint64_t members_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Descriptor file(::memfd_create("archive", MFD_CLOEXEC));
  promise(
      file && Files::system().write(file, {reinterpret_cast<const char*>(data), size}, "memory"),
      "an archive fits into memory");
  evidence::ArchiveLimits limits;
  limits.members = 1000;
  limits.total_bytes = std::uint64_t{4} << 20;
  OrderlySink sink;
  const Status read = evidence::read_archive(file.get(), limits, sink);
  promise(sink.is_between_members(), "every member that began has ended");
  promise(sink.total() <= limits.total_bytes, "no more bytes than allowed");
  promise(sink.members() <= limits.members, "no more members than allowed");
  promise(read || is_utf8(read.error().text()), "an error can be shown");
  return 0;
}
