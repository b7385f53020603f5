#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether 18 characters are a unified social credit code (GB 32100-2015): a known
/// province and the MOD 31 check character. Letters I, O, S, V, Z do not occur. Upper-case.
bool is_credit_code(std::string_view code);

}  // namespace huxin::detect
