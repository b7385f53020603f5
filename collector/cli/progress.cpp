#include "collector/cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace huxin::collector::cli {

Progress::Progress(std::string_view what, std::size_t total)
    : what_(what), total_(std::max<std::size_t>(total, 1)), terminal_(::isatty(2) == 1) {}

Progress::~Progress() {
  if (shown_ <= 100) std::fputs("\r\033[K", stderr);
}

void Progress::show(std::size_t done) {
  const std::size_t percent = std::min(done, total_) * 100 / total_;
  if (!terminal_ || percent == shown_) return;
  shown_ = percent;
  std::fputs(fmt::format("\r{} {:3}%\033[K", what_, percent).c_str(), stderr);
}

}  // namespace huxin::collector::cli
