#pragma once
#include <string_view>

#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::collector::cli {

/// Reads one line that must not be seen: from the terminal without echo after a prompt, or from
/// standard input as it is. At most 1,024 bytes; kInvalid when empty.
Result<Secret> read_secret(std::string_view prompt, bool from_stdin);

}  // namespace huxin::collector::cli
