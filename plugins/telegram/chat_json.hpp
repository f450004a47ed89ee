#pragma once
// A chat of result.json: what stands at its head, then its messages one by one.

#include <string>
#include <string_view>
#include <vector>

#include "message.hpp"

namespace telegram {

// Everything that one file's records share.
class Export {
 public:
  explicit Export(Writer& to)
      : writer(to), people(to, numbers, owner), context{to, people, signs, zone, numbers} {}

  void finish();

  Writer& writer;
  Numbers numbers;
  Owner owner;
  People people;
  Signs signs;
  ZoneEvidence zone;
  Context context;
  json::Tree tree;  // the value that is being read
};

// Members of a chat that are told before its messages; copies, so that they outlive the reader.
class Head {
 public:
  static constexpr std::size_t kMost = 2000;

  struct Member {
    std::string path, raw;
    json::Kind kind = json::Kind::missing;
    json::Form form = json::Form::plain;
    fx_span span = fx::span(0, 0);
    bool used = false;
  };

  // Takes what the reader's value `token` holds.
  void add(Export& out, json::Reader& reader, std::string_view key, const json::Token& token);
  Member* find(std::string_view path);
  std::vector<Member>& members() { return members_; }
  bool empty() const { return members_.empty(); }

 private:
  std::vector<Member> members_;
};

// Reads the members of the object that was just begun, up to its end.
void read_chat(Export& out, json::Reader& reader, const json::Source& source, const char* list);
// The same of the outermost object, which is a chat or an account.
void read_root(Export& out, json::Reader& reader, const json::Source& source);

// The conversation of `head`; its record ends at `end`. `list`: which list of the export names it.
Thread begin_thread(Export& out, Head& head, std::uint64_t end, const char* list);
// The elements of the array that was just begun.
void read_messages(Export& out, json::Reader& reader, Thread& thread);

}  // namespace telegram
