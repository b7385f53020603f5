#pragma once
#include <string>
#include <string_view>

namespace huxin::text {

/// Says whether a character is not seen, or moves others about: controls, line separators, marks of
/// direction (Unicode TR 9), blanks of no width, tags. Such a one in a name can make a line, a
/// record or another name of it. The console has the same list (console/src/visible.ts).
bool is_hidden(char32_t code);

/// Makes text from outside safe to print, to log and to keep: what is not UTF-8 becomes \xNN,
/// hidden characters \n, \t, \xNN, \u202e or \U000e0041. Always one line of valid UTF-8; text with
/// none of these is given as it is, so that twice is the same as once. A backslash stays as it is:
/// this is for eyes, and not to be read back.
std::string printable(std::string_view text);

/// The same in place; costs one look where there is nothing to do.
void make_printable(std::string& text);

}  // namespace huxin::text
