#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// A postal address, as one span from its province, city or street to its room. Bytes of the text
/// given.
struct Address {
  Span span;
  int parts = 0;     ///< 省, 市, 区, 镇, 路, 号, 小区, 栋, 单元, 室…, in order
  double doubt = 0;  ///< what is taken off its confidence: no house, no known place
  /// It begins with a known place, and nothing that could be its own stands before it: any anchor
  /// from its begin to the one it was found by finds it again.
  bool settled = false;
};

/// Finds the address around `at`, a byte inside it or at its start, within `scope`: parts of a
/// postal address in order (GB/T 23705-2009), divisions as the gazetteer has them, long or short
/// (浙江杭州西湖区), or by their endings.
///
/// Without a label it needs a known place and a house, or, alone in its field, three divisions.
/// With `start`, where it must begin since a label says so, any three parts will do, or a street
/// and a number. Prose that names places, organisations behind places and lines of the underground
/// are none. The text is normalised. Never reaches beyond `scope`; bounded work. None begins before
/// `floor`: who asks for one anchor after the other passes the last one, so that no place is read
/// from twice.
std::optional<Address> recognise_address(std::string_view text, std::size_t at, const Span& scope,
                                         std::optional<std::size_t> start, std::size_t floor = 0);

}  // namespace huxin::detect
