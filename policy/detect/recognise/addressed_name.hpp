#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds the name that 您 at `you` speaks to: 张伟您好, 张伟先生，您尾号…; it begins its line or
/// stands behind a mark. Bytes of the normalised text; bounded work.
std::optional<Span> name_spoken_to(std::string_view text, std::size_t you);

/// Finds the name whose line or words a colon begins: a letter's salutation, 张伟先生： alone on
/// its line, or somebody speaking in a conversation, where the time stands before the name or makes
/// up the rest of its line: 12:01 张伟: …, 张伟 12:01. Only what is hardly anything else is one.
std::optional<Span> name_at_colon(std::string_view text, std::size_t colon);

}  // namespace huxin::detect
