#include "tests/hostile/peak_memory.hpp"

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <sstream>

#include <fmt/format.h>

namespace huxin::hostile {

namespace {

constexpr std::chrono::milliseconds kBetween{2};

struct Kilobytes {
  std::size_t resident = 0, own = 0;
  Kilobytes operator+(const Kilobytes& other) const {
    return {resident + other.resident, own + other.own};
  }
};

/// Nothing when the process is gone.
Kilobytes share_of(pid_t process) {
  Kilobytes share;
  std::ifstream lines(fmt::format("/proc/{}/smaps_rollup", process));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t value = line.find(':') + 1;
    if (line.starts_with("Pss:")) share.resident = std::stoul(line.substr(value));
    if (line.starts_with("Pss_Anon:") || line.starts_with("Pss_Shmem:"))
      share.own += std::stoul(line.substr(value));
  }
  return share;
}

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
  Kilobytes total = share_of(worker_);
  for (const pid_t child : children_of(worker_)) total = total + share_of(child);
  resident_ = std::max({resident_, total.resident, high_water(worker_)});
  own_ = std::max(own_, total.own);
}

PeakMemory::Megabytes PeakMemory::end() {
  watch_.request_stop();
  watch_.join();
  look();
  return {static_cast<double>(resident_) / 1024, static_cast<double>(own_) / 1024};
}

}  // namespace huxin::hostile
