#pragma once
#include <string>
#include <string_view>

#include "collector/http/message.hpp"

namespace huxin::api {

/// The value of the cookie huxin_session; empty when absent, sent twice or not of our form. 64
/// lower-case hexadecimal digits. Hostile: whether it is of a session is Sessions' to say.
std::string session_cookie(const http::Request& request);

/// Set-Cookie for a token; an empty one clears the cookie. HttpOnly, Secure, SameSite=Strict, for
/// the whole site and as long as the browser runs.
std::string set_session_cookie(std::string_view token);

}  // namespace huxin::api
