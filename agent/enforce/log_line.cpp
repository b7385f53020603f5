#include "agent/enforce/log_line.hpp"

#include "policy/base/bytes.hpp"
#include "policy/base/digest.hpp"

namespace huxin::enforce::log_line {
namespace {

std::string checksum(std::string_view fields) {
  const Digest digest = sha256(as_bytes(fields));
  return to_hex(ByteView(digest).first(8));
}

}  // namespace

std::string close(std::string_view fields) {
  return std::string(fields) + " " + checksum(fields) + "\n";
}

std::optional<std::vector<std::string_view>> open(std::string_view line) {
  const auto last = line.rfind(' ');
  if (last == std::string_view::npos || checksum(line.substr(0, last)) != line.substr(last + 1))
    return std::nullopt;
  line = line.substr(0, last);
  std::vector<std::string_view> fields;
  while (true) {
    const auto end = line.find(' ');
    fields.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

std::string write_hex(std::string_view text) { return text.empty() ? "-" : to_hex(as_bytes(text)); }

bool read_hex(std::string_view field, std::string& text) {
  const auto bytes = from_hex(no_dash(field));
  if (bytes) text = std::string(as_text(*bytes));
  return bytes.has_value();
}

bool read_path(std::string_view field, std::filesystem::path& path) {
  std::string text;
  if (!read_hex(field, text)) return false;
  path = std::move(text);
  return true;
}

}  // namespace huxin::enforce::log_line
