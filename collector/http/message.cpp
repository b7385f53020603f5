#include "collector/http/message.hpp"

namespace huxin::http {

std::optional<std::string_view> Request::header(std::string_view name) const {
  std::optional<std::string_view> found;
  for (const auto& [each, value] : headers) {
    if (each != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

}  // namespace huxin::http
