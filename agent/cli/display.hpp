#pragma once
#include <string>
#include <string_view>

#include "policy/text/printable.hpp"

namespace huxin::agent::cli {

using text::printable;

/// Writes a JSON string, quotes included; the text is valid UTF-8. Hidden characters are escaped,
/// so that a terminal may show it.
std::string json_string(std::string_view text);

/// Columns a text takes on a terminal: two for an ideograph or a full-width form.
std::size_t display_width(std::string_view utf8);

/// Fills up with blanks to a width; a longer text is cut and ends in '…'. Widths are columns, as
/// display_width counts them; the text is printable UTF-8.
std::string fitted(std::string_view utf8, std::size_t width);

/// The same, but a longer text begins with '…' and keeps its end.
std::string fitted_end(std::string_view utf8, std::size_t width);

}  // namespace huxin::agent::cli
