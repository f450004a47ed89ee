#pragma once
// One message and its parts as records.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "parts.hpp"
#include "structure.hpp"
#include "text/values.hpp"

namespace mail {

class MessageWriter {
 public:
  static constexpr std::size_t kMostText = std::size_t{4} << 20;
  static constexpr std::size_t kMostPeople = 65'536;
  static constexpr std::size_t kMostReceivers = 500;  // of one message

  explicit MessageWriter(const fx::Host& host)
      : host_(host), values_(host, "mail.header"), bytes_(host) {}

  void conversation(std::string_view type, const Header* subject, std::string_view file_name);
  // `envelope` is the "From " line of a mailbox, empty elsewhere.
  void write(const Structure& message, const Range& envelope);
  void finish();

 private:
  std::int64_t person(const Header& header, std::string_view value, std::size_t begin,
                      std::size_t length, std::size_t address, std::size_t address_length);
  std::vector<std::int64_t> people(const Header* header, std::size_t most);
  void put(const char* key, const Header& header, std::size_t begin, std::size_t length);
  void put_decoded(const char* key, const Header& header);
  void time(const char* key, const Header* header, std::string_view text);
  const Part* body_of(const Structure& message) const;
  void body(const Part* part);
  void parts(const Structure& message, const Part* body, std::int64_t number,
             const std::string& prefix);

  const fx::Host& host_;
  text::Values values_;
  PartBytes bytes_;
  std::map<std::string, std::int64_t, std::less<>> people_;
  std::int64_t messages_ = 0;
  std::uint64_t unnamed_ = 0;
};

}  // namespace mail
