#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "policy/base/result.hpp"
#include "policy/rule/section.hpp"

namespace huxin::assess {

inline constexpr std::size_t kLargestYaml = std::size_t{256} << 10U;

/// Parses a data file and hands its top section over; kInvalid with origin, line and column for the
/// first thing wrong with it. All of `keys` are required, no others allowed. kTooLarge over
/// kLargestYaml. `read` is called once, unless the text is no YAML, and may be left with half of
/// what it wanted.
Status read_yaml(std::string_view yaml, std::string_view origin,
                 std::span<const std::string_view> keys,
                 const std::function<void(const rule::Section&)>& read);

/// The text of a required key; empty when it is missing, which is then reported.
std::string text_of(const rule::Section& section, std::string_view key);

/// Hands over each entry of a list of mappings. A missing list has none; something else than a list
/// is reported.
void each_entry(const rule::Section& section, std::string_view key,
                std::span<const std::string_view> keys,
                const std::function<void(const rule::Section&)>& read);

}  // namespace huxin::assess
