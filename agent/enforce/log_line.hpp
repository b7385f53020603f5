#pragma once
#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Lines of the logs in this folder: fields separated by a blank, then a checksum (first 8 bytes of
/// SHA-256 over what is before it) that tells a line cut short by a crash.
namespace huxin::enforce::log_line {

/// Puts the checksum and the line feed behind the fields. The fields must hold no line feed, and
/// none may be empty: see or_dash.
std::string close(std::string_view fields);
/// The fields of a line without its line feed; none when the checksum does not hold.
std::optional<std::vector<std::string_view>> open(std::string_view line);

/// Paths and text in hex; "-" stands for nothing.
std::string write_hex(std::string_view text);
/// False, and `text` as it was, when the field is no hex.
bool read_hex(std::string_view field, std::string& text);
/// As read_hex.
bool read_path(std::string_view field, std::filesystem::path& path);
inline std::string_view or_dash(std::string_view field) { return field.empty() ? "-" : field; }
inline std::string_view no_dash(std::string_view field) { return field == "-" ? "" : field; }

/// The whole field, decimal, within the type's range.
template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace huxin::enforce::log_line
