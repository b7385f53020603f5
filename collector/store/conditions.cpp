#include "collector/store/conditions.hpp"

namespace huxin::store {

int Conditions::bind(certs::Statement& to, int before) const {
  int at = before;
  for (const Value& value : values_) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      to.bind(++at, std::string_view(*text));
    } else {
      to.bind(++at, std::get<std::int64_t>(value));
    }
  }
  return at;
}

std::string like_anywhere(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace huxin::store
