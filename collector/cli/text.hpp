#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "collector/store/types.hpp"
#include "policy/text/printable.hpp"

namespace huxin::collector::cli {

/// Everything that a terminal or a browser sent goes through here before it is printed.
using text::printable;

/// Columns a text takes on a terminal: two for wide (CJK) characters, none for combining ones. The
/// text is UTF-8 that printable() made.
std::size_t display_width(std::string_view text);

/// Shortens to `columns` with an ellipsis in the middle, so that both ends of a path stay readable.
std::string shorten(std::string_view text, std::size_t columns);

/// Lays rows out in columns under a header. Cells are made printable. The last column is not
/// padded; headers are Chinese with English beside them.
std::string table(const std::vector<std::string>& header,
                  const std::vector<std::vector<std::string>>& rows);

/// One line for one incident, as `serve --print` writes it. Without a line end; masked values only,
/// as the record has them.
std::string incident_line(const store::StoredIncident& stored);

/// The names used there and in the table. Numbers of policy/rule/event.hpp; severity 0 and unknown
/// ones are a dash.
std::string severity_text(std::uint32_t severity);
std::string action_text(std::uint32_t action);
std::string channel_text(std::uint32_t channel);
std::string elements_text(const record::Incident& incident);

}  // namespace huxin::collector::cli
