#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether the text behind `password=` can be a real password: 4 to 64 printable characters,
/// not a placeholder (******, xxxx, ${VAR}, <password>, "please enter", 请输入…), not a word of
/// code (null, true, getPassword()), and of some variety.
bool is_plausible_password(std::string_view text);

}  // namespace huxin::detect
