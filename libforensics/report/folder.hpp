#pragma once
// The folder that a report is written to: everything goes to a temporary folder beside it, which
// takes its name when it is complete. Whatever happens before, the report that was there stays.
//
// Every file is listed with its SHA-256 in manifest-sha256.txt, in the order of writing, so that
// `sha256sum -c manifest-sha256.txt` inside the folder checks all of them.

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/sha256.hpp"

namespace forensics::report {

inline constexpr const char* kManifest = "manifest-sha256.txt";

class Folder {
 public:
  // ErrorCode::output where `path` is a file, or a folder that holds anything but an earlier report
  // (each file listed in its manifest).
  static Result<Folder> open(Files& files, std::string path);
  Folder(Folder&& other) noexcept;
  ~Folder();  // removes the temporary folder unless commit() succeeded

  // `name` is relative and of this program's making.
  Status write(const std::string& name, ByteView bytes);

  // A file that is written in pieces. end() lists it; with `expected`, only if its SHA-256 is that,
  // and otherwise (false) removes it.
  struct Stream {
    std::string name;
    Descriptor file;
    Sha256 hash;
    std::int64_t size = 0;
  };
  Result<Stream> begin(const std::string& name);
  Status append(Stream& stream, ByteView bytes);
  Status end(Stream& stream);
  Result<bool> end(Stream& stream, const Digest& expected);
  void discard(const Stream& stream);

  bool has(const std::string& name) const { return exists(part(name)); }

  // A file that is no part of the report: it can be read back and goes with the Descriptor.
  Result<Descriptor> scratch();
  Files& files() { return *files_; }

  // Gives the report its name; returns the SHA-256 of the manifest.
  Result<Digest> commit();

  std::int64_t file_count() const { return file_count_; }
  std::int64_t bytes() const { return bytes_; }

 private:
  Folder(Files& files, std::string path, std::string temporary)
      : files_(&files), path_(std::move(path)), temporary_(std::move(temporary)) {}
  std::string part(const std::string& name) const { return temporary_ + "/" + name; }
  Status list(const Stream& stream, const Digest& digest);
  Status replace();

  Files* files_;
  std::string path_;
  std::string temporary_;
  Descriptor manifest_;
  Sha256 manifest_hash_;
  std::int64_t file_count_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace forensics::report
