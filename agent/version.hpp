#pragma once
#include <string_view>

namespace huxin::agent {

/// As in the project's CMakeLists.txt; sent with every heartbeat.
inline constexpr std::string_view kVersion = HUXIN_VERSION;

}  // namespace huxin::agent
