#pragma once
// Where the author ends and the text begins. A name may hold a colon, and so may a text: what
// stands before a colon again and again is a name.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whatsapp {

struct Split {
  bool found = false;
  std::size_t name_begin = 0;  // the displayed name, without marks and spaces around it
  std::size_t name_end = 0;
  std::size_t body = 0;
  std::uint64_t name_hash = 0;
  // How often the name stood before a colon, and how often before plain text, without a mark.
  std::uint32_t seen = 0;
  std::uint32_t spoken = 0;
};

class AuthorTable {
 public:
  AuthorTable();

  // Learns from what follows the head of a line. True where it may name an author.
  bool learn(std::string_view rest);

  Split split(std::string_view rest) const;

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::uint32_t seen = 0;
    std::uint32_t final = 0;  // no further colon followed that could end a name
    std::uint32_t spoken = 0;
    std::uint32_t rare = 0;        // longer candidates that stand in too few lines
    std::uint32_t first_text = 0;  // hash of the first text behind it
    bool varied = false;           // another text followed
  };
  Entry* upsert(std::uint64_t hash);
  const Entry* find(std::uint64_t hash) const;

  std::vector<Entry> slots_;  // open addressing; hash 0 is free
  std::size_t used_ = 0;
};

std::uint64_t hash_bytes(std::string_view bytes);

}  // namespace whatsapp
