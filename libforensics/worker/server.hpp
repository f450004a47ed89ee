#pragma once
// The worker's loop: takes tasks from the host one after the other and answers them.

#include <vector>

#include "plugin/messages.hpp"
#include "worker/output.hpp"
#include "worker/plugin_set.hpp"

namespace forensics::worker {

class Server {
 public:
  Server(int channel, std::vector<LoadedPlugin> plugins, const plugin::Isolation& isolation);

  // Serves until the host closes its end. False where it sent what no host sends.
  bool run();

 private:
  bool receive(plugin::TaskMessage& task);
  void serve(const plugin::TaskMessage& task);
  void describe();
  void probe(const plugin::TaskMessage& task);
  void parse(const plugin::TaskMessage& task);
  void unpack(const plugin::TaskMessage& task);
  bool asked_to_stop() const;

  int channel_;
  std::vector<LoadedPlugin> plugins_;
  Output output_;
  plugin::FrameDecoder decoder_;
  Descriptor input_;
};

}  // namespace forensics::worker
