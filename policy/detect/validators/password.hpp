#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text where people write passwords can be a real one: 4 to 64 printable
/// characters, of some variety, and not a placeholder (******, xxxx, ${VAR}, <password>, null), a
/// reference to where a program keeps it (form.password, getPassword(), argv[1]) or a range (6-20).
bool is_plausible_password(std::string_view text);

/// Says whether a text where programs write passwords is one, and not a name: a plausible password
/// that has a sign which no name has, or digits where names have none. Names are words with a digit
/// or two at their end, joined by '_', '-', '.' and the like: newPassword2, my-secret-v2,
/// required|min:6, sha256.
bool is_secret_literal(std::string_view text);

/// Says whether a text that nothing assigns is hardly anything but a password: such a literal of
/// eight characters and more, with digits, small letters and capitals or signs; no address, time or
/// assignment.
bool is_strong_password(std::string_view text);

/// Says whether a cell below or beside a label of passwords holds one: as programs write it, or
/// with small and capital letters inside a word. A plain word there is a command (pwd, whoami), a
/// keyword or another label.
bool is_tabled_password(std::string_view text);

}  // namespace huxin::detect
