#include "collector/api/cookie.hpp"

#include <algorithm>

namespace huxin::api {
namespace {

constexpr std::string_view kName = "huxin_session=";
constexpr std::size_t kTokenSize = 64;

bool is_token(std::string_view text) {
  return text.size() == kTokenSize &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string session_cookie(const http::Request& request) {
  std::string_view cookies = request.header("cookie").value_or("");
  std::string_view found;
  while (!cookies.empty()) {
    std::string_view cookie = cookies.substr(0, cookies.find(';'));
    cookies.remove_prefix(std::min(cookies.size(), cookie.size() + 1));
    cookie.remove_prefix(std::min(cookie.find_first_not_of(' '), cookie.size()));
    if (!cookie.starts_with(kName)) continue;
    if (!found.empty()) return {};
    found = cookie.substr(kName.size());
  }
  return is_token(found) ? std::string(found) : std::string{};
}

std::string set_session_cookie(std::string_view token) {
  std::string cookie =
      std::string(kName).append(token).append("; Path=/; HttpOnly; Secure; SameSite=Strict");
  if (token.empty()) cookie += "; Max-Age=0";
  return cookie;
}

}  // namespace huxin::api
