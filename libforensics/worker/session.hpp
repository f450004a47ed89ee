#pragma once
// The fx_host that a plugin sees during one call: reads the input, turns what the plugin hands over
// into frames. Says no to what has no form on the wire; everything else is for the host to judge.

#include <forensics/plugin.h>

#include <array>
#include <string>
#include <vector>

#include "model/record.hpp"
#include "plugin/inputs.hpp"
#include "plugin/messages.hpp"
#include "worker/output.hpp"

namespace forensics::worker {

class Session {
 public:
  // `task` and `output` are borrowed; the descriptors too. `asked_to_stop` may be empty.
  Session(const plugin::Inputs& inputs, const plugin::TaskMessage& task, Output& output,
          std::function<bool()> asked_to_stop);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Run the plugin. Whatever it throws stays here. probe() is false where it threw.
  bool probe(const fx_plugin& plugin, std::int32_t& score);
  plugin::DoneMessage parse(const fx_plugin& plugin);

 private:
  static Session& self(void* context) { return *static_cast<Session*>(context); }

  void offer_extensions();
  std::int64_t read(std::uint32_t input, std::uint64_t offset, char* buffer, std::uint64_t n);
  int emit(const fx_record* record);
  int skip(const fx_span* span, fx_text code, fx_text why);
  int note(std::uint32_t severity, const fx_span* span, fx_text code, fx_text message);
  int begin_child(fx_text name, const fx_span* source, fx_text method);
  int write_child(const void* bytes, std::uint64_t n);
  int end_child(std::int32_t verified, fx_text why);
  const void* extension(const char* id);

  // What keeps the record off the wire, or nullptr; fills record_.
  const char* take(const fx_record& record);
  const char* take_field(const fx_field& field, model::Field& out);
  const model::KeyInfo* find_key(const char* name);
  const char* take_more(const fx_field& field, model::Field& out);
  int refuse(const model::Span& place, const char* reason);

  // One input, and the bytes of it that a small read fetched.
  struct Source {
    plugin::InputFile file;
    std::string window;
    std::uint64_t window_begin = 0;
  };
  std::array<Source, model::kMostInputs> sources_;
  const plugin::TaskMessage& task_;
  Output& output_;
  std::function<bool()> asked_to_stop_;
  fx_host host_{};
  std::vector<fx_sibling> sibling_items_;
  fx_siblings siblings_{};
  std::vector<fx_companion> companion_items_;
  fx_companions companions_{};
  std::vector<fx_text> key_items_;
  fx_keys keys_{};
  fx_children children_{};
  bool asked_for_keys_ = false;
  bool in_child_ = false;

  bool parsing_ = false;
  std::string reason_;  // the first of the gravest notes: why the run does not end well
  std::uint8_t reason_severity_ = 0;
  const char* stopped_by_ = nullptr;  // the limit that ended the run
  model::Record record_;              // reused: a run has millions
  std::uint64_t bytes_left_ = 0;      // that the texts of record_ may still take
  struct KnownKey {
    const char* address = nullptr;
    const model::KeyInfo* key = nullptr;
  };
  std::array<KnownKey, 64> known_keys_{};
};

}  // namespace forensics::worker
