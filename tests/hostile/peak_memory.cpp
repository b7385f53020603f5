#include "tests/hostile/peak_memory.hpp"

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <sstream>

#include <fmt/format.h>

namespace huxin::hostile {

namespace {

constexpr std::chrono::milliseconds kBetween{3};

std::size_t high_water(pid_t process) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6));
  }
  return 0;
}

/// The programs that it runs now.
std::vector<pid_t> children_of(pid_t process) {
  std::ifstream listed(fmt::format("/proc/{0}/task/{0}/children", process));
  std::vector<pid_t> children;
  for (pid_t child = 0; listed >> child;) children.push_back(child);
  return children;
}

}  // namespace

PeakMemory::PeakMemory(pid_t worker) : worker_(worker) {
  std::ofstream(fmt::format("/proc/{}/clear_refs", worker)) << "5";
  watch_ = std::jthread([this](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      look();
      wake.wait_for(lock, stop, kBetween, [] { return false; });
    }
  });
}

PeakMemory::~PeakMemory() = default;

void PeakMemory::look() {
  std::size_t total = high_water(worker_);
  for (const pid_t child : children_of(worker_)) total += high_water(child);
  kilobytes_ = std::max(kilobytes_.load(), total);
}

double PeakMemory::megabytes() {
  watch_.request_stop();
  watch_.join();
  look();
  return static_cast<double>(kilobytes_) / 1024;
}

}  // namespace huxin::hostile
