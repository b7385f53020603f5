#pragma once
#include <string>
#include <string_view>

#include "collector/http/message.hpp"
#include "policy/base/result.hpp"

namespace huxin::api {

/// Makes an error answer: {"error":{"code","message_zh","message_en"}}. `code` is one of the table
/// in error.cpp; `detail` (a parameter's name, never content) is put after both messages.
http::Response error(std::string_view code, std::string_view detail = {});

/// The code of an answer that error() made; empty for any other.
std::string error_code_of(const http::Response& response);

/// For a store that failed: logged, and told as "unavailable".
http::Response store_trouble(const Error& trouble);

/// The same for what the listener itself refuses, before any route is asked.
http::Response render_error(unsigned status, std::string_view code, std::string_view message);

}  // namespace huxin::api
