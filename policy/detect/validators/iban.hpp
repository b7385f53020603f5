#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text without separators is an IBAN: the registered length of its country and the
/// MOD 97-10 check of ISO 13616-1. Upper-case.
bool is_iban(std::string_view text);

}  // namespace huxin::detect
