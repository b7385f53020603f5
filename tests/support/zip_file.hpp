#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huxin::test {

/// Makes a ZIP archive in memory, deflated, in the order given.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace huxin::test
