#include "agent/extract/mail/header.hpp"

#include <algorithm>

#include "agent/extract/mail/mail.hpp"

namespace huxin::extract {

namespace {

constexpr auto kNone = std::string_view::npos;

bool blank(char c) { return c == ' ' || c == '\t'; }

/// Printable ASCII but for the colon (RFC 5322, 3.6.8).
bool in_name(char c) { return c > ' ' && c < '\x7F' && c != ':'; }

/// Length of the field's name at the front of a line; 0 for a line that is no field. A line of
/// dashes is the border of a part.
std::size_t name_length(std::string_view line) {
  if (line.starts_with("--")) return 0;
  const auto end = std::ranges::find_if_not(line, in_name);
  const auto length = static_cast<std::size_t>(end - line.begin());
  const std::size_t colon = line.find_first_not_of(" \t", length);
  return colon != kNone && line[colon] == ':' ? length : 0;
}

}  // namespace

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == kNone ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

FieldReader::FieldReader(std::string_view entity) : rest_(entity) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  std::string_view after = rest_;
  std::string_view line = take_line(after);
  if (line.starts_with('>')) line.remove_prefix(1);
  if (is_envelope(line)) rest_ = after;
}

std::optional<Field> FieldReader::next() {
  std::string_view after = rest_;
  const std::string_view line = take_line(after);
  const std::size_t length = name_length(line);
  if (length == 0) {
    well_formed_ = line.empty();
    if (line.empty()) rest_ = after;
    return std::nullopt;
  }
  while (!after.empty() && blank(after.front())) take_line(after);
  std::string_view field = rest_.substr(0, rest_.size() - after.size());
  rest_ = after;
  while (field.ends_with('\n') || field.ends_with('\r')) field.remove_suffix(1);
  const std::size_t colon = field.find(':');
  return Field{field.substr(0, length), field.substr(colon + 1)};
}

}  // namespace huxin::extract
