#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds the first name in a clause of running text that holds other elements of a customer's: at
/// its start, or behind a word that stands before names (客户, 代领人, 查询), up to its end, a mark
/// or a word that goes on behind names (持, 名下, 您好). `least`: the bits that it must
/// have. Offsets are bytes of the normalised text; linear in the clause.
std::optional<Span> name_in_text(std::string_view text, const Span& clause, int least);

/// Finds the name that goes on an enumeration of names after one that ends at `end`: behind 、, a
/// comma, a slash, spaces, 和 or 与, up to a mark, a word that goes on behind names, or `stop`.
std::optional<Span> next_name(std::string_view text, std::size_t end, std::size_t stop);

}  // namespace huxin::detect
