#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"
#include "policy/catalog/element.hpp"

namespace huxin::catalog {

/// Limits of a catalogue file; beyond them it is refused with kTooLarge.
inline constexpr std::size_t kMaxCatalogBytes = std::size_t{1} << 20U;
inline constexpr std::size_t kMaxElements = 500;
inline constexpr std::size_t kMaxKeywords = 200;   ///< of one element
inline constexpr std::size_t kMaxTextBytes = 512;  ///< of one string
inline constexpr std::size_t kMaxForms = 16;       ///< of one element's value
inline constexpr std::size_t kMaxPrefixes = 64;    ///< of one form
inline constexpr int kMaxReach = 80;               ///< bytes; labels are looked for no further

/// Reads the elements of a catalogue from YAML, in the order they stand. The error says
/// `origin:line:column`, the key at fault and what would be right. Unknown keys, keys given twice
/// and ids or names used twice are refused: a misspelt key must not weaken a policy in silence.
/// Stops at the first fault. "version" must be 1.
Result<std::vector<Element>> read_elements(std::string_view yaml, std::string_view origin);

}  // namespace huxin::catalog
