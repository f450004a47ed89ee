#pragma once
// One small file of each kind, as the writers make them.

#include <string>
#include <vector>

namespace youtube_test {

struct Sample {
  const char* name;
  std::string bytes;
};

Sample activity();
Sample activity_page();
Sample comments_table();
Sample video_info();
Sample live_chat();
std::vector<Sample> samples();

}  // namespace youtube_test
