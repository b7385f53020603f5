#include "agent/cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "agent/cli/display.hpp"

namespace huxin::agent::cli {

namespace {
constexpr std::size_t kBar = 24;
constexpr std::size_t kName = 36;
}  // namespace

Progress::Progress(std::size_t total, bool wanted)
    : total_(std::max<std::size_t>(1, total)), terminal_(wanted && ::isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::size_t done, std::string_view name) {
  if (!terminal_) return;
  const std::size_t filled = std::min(kBar, done * kBar / total_);
  const std::string bar = std::string(filled, '#') + std::string(kBar - filled, '.');
  std::fputs(fmt::format("\r[{}] {}/{} {}", bar, done, total_, fitted(name, kName)).c_str(),
             stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::show(std::size_t done, std::size_t total, std::string_view name) {
  total_ = std::max({std::size_t{1}, done, total});
  show(done, name);
}

void Progress::hide() {
  if (!drawn_) return;
  std::fputs("\r\x1B[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace huxin::agent::cli
