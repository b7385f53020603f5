#pragma once
#include <string>

namespace huxin::command {

/// Sends the program's log to standard error: standard output belongs to answers. A message is one
/// line, whatever names are in it (text::printable). Call once, before anything is logged.
void log_to_standard_error(const std::string& program);

}  // namespace huxin::command
