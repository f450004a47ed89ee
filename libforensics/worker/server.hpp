#pragma once
// The worker's loop: takes tasks from the host one after the other and answers them.

#include <forensics/plugin.h>

#include <vector>

#include "plugin/inputs.hpp"
#include "plugin/messages.hpp"
#include "worker/output.hpp"

namespace forensics::worker {

class Server {
 public:
  // Says hello at once: before third-party code is loaded, which might say something else.
  Server(int channel, const plugin::Isolation& isolation);

  // Serves until the host closes its end. False where it sent what no host sends.
  bool run(std::vector<const fx_plugin*> plugins);

 private:
  bool receive(plugin::TaskMessage& task);
  void serve(const plugin::TaskMessage& task);
  void describe();
  void probe(const plugin::TaskMessage& task);
  void parse(const plugin::TaskMessage& task);
  void unpack(const plugin::TaskMessage& task);
  bool asked_to_stop() const;
  plugin::Inputs inputs_of(const plugin::TaskMessage& task) const;
  int input() const { return inputs_.empty() ? -1 : inputs_.front().get(); }

  int channel_;
  std::vector<const fx_plugin*> plugins_;
  Output output_;
  plugin::FrameDecoder decoder_;
  std::vector<Descriptor> inputs_;  // of the task at hand: the artifact, then its companions
};

}  // namespace forensics::worker
