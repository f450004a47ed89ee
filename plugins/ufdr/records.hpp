#pragma once
// What the models of a report become: conversations with people and messages, calls, contacts,
// places.

#include <forensics/plugin.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "model.hpp"
#include "text/values.hpp"

namespace ufdr {

class Records {
 public:
  static constexpr std::size_t kMostPeople = std::size_t{1} << 18;

  explicit Records(const fx::Host& host) : values_(host, "ufdr.model"), host_(host) {}

  // A chat once its own values are known; messages of it follow. `end`: how far they stand.
  void begin_chat(Model& chat, std::uint64_t end);
  void end_chat(Model& chat, std::uint64_t end);
  // A message of the chat that is open, or of none.
  void message(Model& model, std::uint64_t end);
  void call(Model& model, std::uint64_t end);
  void contact(Model& model, std::uint64_t end);
  void location(Model& model, std::uint64_t end);
  void account(Model& model, std::uint64_t end);
  // A section of the report on the device and the extraction.
  void section(Model& model, std::uint64_t end);
  void finish();

 private:
  // The party that stands under `path`; 0 where none does. Its values are taken.
  std::int64_t party(Model& model, const std::string& path);
  std::int64_t shared_conversation(std::string_view type, const Model& model);
  void platform(const Model& model);
  void time(const char* key, Model& model, std::string_view path);
  void deleted(Model& model);
  void attachments(Model& model, const std::string& path, std::int64_t message);
  std::int64_t begin_message(std::int64_t conversation, const Model& model, std::uint64_t end);

  text::Values values_;
  const fx::Host& host_;
  std::int64_t conversations_ = 0, messages_ = 0, participants_ = 0, contacts_ = 0;
  std::int64_t chat_ = 0;  // the conversation that is open
  std::map<std::string, std::int64_t, std::less<>> shared_;
  std::map<std::string, std::pair<std::int64_t, bool>, std::less<>>
      people_;                   // of a conversation; owner
  std::int64_t at_ = 0;          // the conversation that people are of
  bool party_is_owner_ = false;  // of the last party
  bool party_is_known_ = false;  // whether the report says that or the opposite
  std::uint64_t unnamed_ = 0;
};

}  // namespace ufdr
