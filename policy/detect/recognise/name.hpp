#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {

/// A name by its length in bytes, and what speaks for it: see person_name_bits().
struct WeighedName {
  std::size_t bytes = 0;
  int bits = kNoName;
};

/// The likeliest name that a text starts with: the Han there and the middle dots between them, all
/// of it or what a word ends that goes on behind names; or one whose characters stand apart. Looks
/// at 54 bytes at most.
WeighedName name_at(std::string_view text);

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
/// no person: file_name, "cityName", Station Name.
bool names_a_thing(std::string_view text, std::size_t label);

}  // namespace huxin::detect
