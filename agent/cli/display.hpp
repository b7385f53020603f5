#pragma once
#include <string>
#include <string_view>

namespace huxin::agent::cli {

/// Makes a name from outside safe to print: what is not UTF-8 as \xNN, control characters as \n or
/// \xNN, and marks that turn the direction of writing as \u202e. Always valid UTF-8. A name with
/// none of these is given as it is. A backslash stays as it is, so this is for eyes and not to be
/// read back.
std::string printable(std::string_view name);

/// Writes a JSON string, quotes included; the text is valid UTF-8.
std::string json_string(std::string_view text);

/// Columns a text takes on a terminal: two for an ideograph or a full-width form.
std::size_t display_width(std::string_view utf8);

/// Fills up with blanks to a width; a longer text is cut and ends in '…'. Widths are columns, as
/// display_width counts them; the text is printable UTF-8.
std::string fitted(std::string_view utf8, std::size_t width);

/// The same, but a longer text begins with '…' and keeps its end.
std::string fitted_end(std::string_view utf8, std::size_t width);

}  // namespace huxin::agent::cli
