#pragma once
// A case folder, or a copy of one, as the verifier reads it. Objects stand at
// objects/<first two hex digits>/<64 hex digits>.

#include "base/files.hpp"
#include "ledger/layout.hpp"
#include "ledger/verify.hpp"

namespace forensics::ledger {

class FolderSource final : public Source {
 public:
  explicit FolderSource(std::string case_folder) : layout_(std::move(case_folder)) {}

  Result<std::string> read_ledger(std::uint64_t offset, std::uint64_t length) override;
  Result<std::vector<std::string>> names(Folder folder) override;
  Result<std::string> read(Folder folder, const std::string& name, std::uint64_t limit) override;
  Status read_pieces(Folder folder, const std::string& name,
                     const std::function<void(ByteView)>& piece) override;
  Status read_object(const Digest& digest, const std::function<void(ByteView)>& piece) override;
  Status each_object(const std::function<void(std::string_view)>& name) override;

 private:
  std::string path_of(Folder folder) const;

  Layout layout_;
  Descriptor entries_;
};

}  // namespace forensics::ledger
