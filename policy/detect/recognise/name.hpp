#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds a Chinese name behind a label that ends at `at`, no further than `stop` (the end of the
/// line, cell or next keyword; bytes of the normalised text). What it takes to be one depends on
/// what stands between: behind a colon, nearly any text of the form; behind a space, a likely one;
/// with nothing between, as in 客户张伟办理, one that is hardly anything else. The name ends where
/// its line of Han ends, or before a word that goes on behind names: 先生, 性别, 在, 办理…
/// Bounded work; no allocation.
std::optional<Span> name_behind(std::string_view text, std::size_t at, std::size_t stop);

/// Says quickly that no name stands behind a label; where it says true, there may be one.
bool may_name_follow(std::string_view text, std::size_t at, std::size_t stop);

/// Says whether the English label that begins at `label` is the end of a key that names a thing and
/// no person: file_name, "cityName".
bool names_a_thing(std::string_view text, std::size_t label);

}  // namespace huxin::detect
