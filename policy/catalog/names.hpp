#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::catalog {

/// Finds the surname at the start of a name in UTF-8, compound ones first: its length in bytes, 0
/// when there is none. Up to four Han characters of three bytes; a longer one wins.
std::size_t surname_prefix(std::string_view utf8);

/// Rank of a whole surname, 1 the commonest; 0 when it is none. Beyond 400 the order means nothing.
/// By the number of people who bear it; sources stand in data/.
unsigned surname_rank(std::string_view surname);

/// Rank of one character among those given names are made of, 1 the commonest; 0 when it is not in
/// the list, which holds the common ones only. Beyond 100 the order means little.
unsigned given_name_rank(std::string_view character);

}  // namespace huxin::catalog
