#pragma once
#include <string_view>

namespace huxin::api {

/// Is this 16 bytes as lower-case hexadecimal: an incident's id, or that of a request? Checked
/// before an id reaches the store or a log.
constexpr bool is_incident_id(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace huxin::api
