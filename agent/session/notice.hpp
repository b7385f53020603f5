#pragma once
#include <string>

namespace huxin::session {

/// Shows a notice through the desktop's notification service (org.freedesktop.Notifications), by
/// way of notify-send. Where that is not installed nothing is shown. Returns at once.
void show_notice(const std::string& text);

}  // namespace huxin::session
