#pragma once
#include <string>
#include <string_view>

#include "collector/http/message.hpp"
#include "policy/base/result.hpp"

namespace huxin::api {

/// Makes an error answer: {"error":{"code","message_zh","message_en"}}. `code` is one of the table
/// in error.cpp; `detail` (a parameter's name, never content) is put after both messages. A code
/// that is not in the table becomes 500 `internal`: a fault of ours that a test finds. The status
/// follows from the code alone.
http::Response error(std::string_view code, std::string_view detail = {});

/// The code of an answer that error() made; empty for any other. Reads the body; for the audit log
/// and tests.
std::string error_code_of(const http::Response& response);

/// For a store that failed: logged, and told as "unavailable". 503; what the store says is for the
/// log, never for the browser.
http::Response store_trouble(const Error& trouble);

/// The same for what the listener itself refuses, before any route is asked. `message` is English
/// and stands beside a Chinese sentence that says no more than that it was refused.
http::Response render_error(unsigned status, std::string_view code, std::string_view message);

}  // namespace huxin::api
