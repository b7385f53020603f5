#pragma once
// Reading the data files of this folder. Internal to collector/review.
#include <functional>
#include <string>
#include <string_view>

#include "policy/rule/section.hpp"

namespace huxin::review {

inline constexpr std::size_t kLargestDataFile = std::size_t{1} << 20U;

/// Parses a file whose top is a mapping with these keys, all required, and has `read` take it
/// apart; kInvalid with origin, line and column for the first thing that is wrong. kTooLarge over
/// kLargestDataFile. YAML by the rules of policy/rule: no aliases, no duplicate keys.
Status read_data_file(std::string_view yaml, std::string_view origin,
                      std::span<const std::string_view> keys,
                      const std::function<void(const rule::Section&)>& read);

/// The text of a key; empty when it is wrong, which is then reported. A key that is missing
/// altogether was reported by read_data_file or each_of.
std::string text_of(const rule::Section& section, std::string_view key);

/// Calls `take` for each mapping of a list; reports what is no list. `name` is what messages call
/// an entry; all of its keys are required.
void each_of(const rule::Section& section, std::string_view key, std::string name,
             std::span<const std::string_view> keys,
             const std::function<void(const rule::Section&)>& take);

}  // namespace huxin::review
