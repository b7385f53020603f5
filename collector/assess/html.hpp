#pragma once
#include <string>
#include <string_view>

namespace huxin::assess {

/// Text for HTML: what could be markup is escaped, control characters become blanks. For element
/// content and quoted attributes; UTF-8 stays as it is.
std::string escaped(std::string_view text);

/// The standard alphabet with padding, as Content-Security-Policy wants hashes.
std::string to_base64(std::string_view bytes);

}  // namespace huxin::assess
