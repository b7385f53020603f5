#pragma once
#include <string>
#include <string_view>

namespace huxin::record {

/// Hides every run of eleven or more ASCII digits (and an X that ends it) but for its first and
/// last character: names of files, sheets and hosts are recorded beside incidents and must not
/// carry the identity numbers, cards and mobiles that people put into them. Everything else is left
/// as it is. Each hidden digit becomes '*': the length stays. Full-width digits are not looked at.
std::string hide_numbers(std::string_view text);

}  // namespace huxin::record
