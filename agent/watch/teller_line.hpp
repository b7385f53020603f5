#pragma once
#include <string_view>

#include "policy/base/result.hpp"
#include "policy/rule/event.hpp"

namespace huxin::watch {

inline constexpr std::size_t kLongestTellerLine = 512;
inline constexpr std::size_t kLongestTellerNumber = 32;

/// Reads one line of a teller front end: `{"institution":"44010001","teller":"000123",
/// "terminal":"T07"}` signs on, `{}` signs off (a teller that is not bound). `terminal` may be left
/// out; each is 1 to 32 of [0-9A-Za-z._-]. kInvalid for anything else, also for unknown members,
/// kTooLarge for a line over 512 bytes. The line comes without its line feed, from a peer that was
/// admitted, and is hostile all the same.
Result<rule::Teller> read_teller_line(std::string_view line);

}  // namespace huxin::watch
