#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// A postal address, as one span from its province or city to its room. Bytes of the text given.
struct Address {
  Span span;
  int parts = 0;             ///< 省, 市, 区, 镇, 路, 号, 小区, 栋, 单元, 室…, in order
  bool known_place = false;  ///< it starts with a division of GB/T 2260
};

/// Finds the address around `at`, a byte inside it or at its start, within `scope`; at least three
/// parts in order (GB/T 23705-2009). `start`: where it must begin, when a label says so. Bounded
/// work. The text is normalised. Never reaches beyond `scope`.
std::optional<Address> recognise_address(std::string_view text, std::size_t at, const Span& scope,
                                         std::optional<std::size_t> start);

}  // namespace huxin::detect
