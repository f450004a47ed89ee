#pragma once
// The report from beginning to end.

#include <forensics/plugin.hpp>

namespace ufdr {

int probe_report(const fx::Host& host);
fx_status read_report(const fx::Host& host);

}  // namespace ufdr
