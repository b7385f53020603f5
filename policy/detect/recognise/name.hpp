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

/// The Han, and the middle dots between them, that a text starts with; empty when no name begins
/// so. At most 54 bytes.
std::string_view name_run(std::string_view text);

/// The likeliest name that a run of Han starts with: all of it, or what a word ends that goes on
/// behind names. `run` is what name_run() gives.
WeighedName likeliest_name(std::string_view run);

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
