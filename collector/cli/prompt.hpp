#pragma once
#include <string_view>

#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::collector::cli {

/// Reads one line that must not be seen: from the terminal without echo after a prompt, or from
/// standard input as it is. At most 1,023 bytes; kInvalid when empty. kTooLarge beyond that,
/// kUnavailable without a terminal to ask on. The line's end is not part of it; nothing behind it
/// is taken.
Result<Secret> read_secret(std::string_view prompt, bool from_stdin);

}  // namespace huxin::collector::cli
