#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace huxin::catalog {

/// A word that stands right before a person's name.
struct NameLeader {
  std::string_view word;  ///< half-width, lower case
  std::string_view what;  ///< "label": it heads columns and stands before a colon; or "before"
};

/// Every such word, sorted.
std::span<const NameLeader> name_leaders();

/// Bytes of the longest of them that a text starts with, of those in Han; 0: none.
std::size_t name_leader(std::string_view utf8);

}  // namespace huxin::catalog
