#pragma once
#include <cstdint>
#include <filesystem>

namespace huxin::bench {

enum class LargeList : std::uint8_t {
  kCustomers,    ///< a customer in every row
  kOneCustomer,  ///< orders without people, but for one customer in the first and the last row
};

/// Writes a CSV of 2 GB, none of it sparse, unless it is there; exits with 2 when it cannot.
std::filesystem::path make_large_list(LargeList list, const std::filesystem::path& folder);

}  // namespace huxin::bench
