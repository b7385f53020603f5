#include "agent/watch/loop_signal.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <stdexcept>

namespace huxin::watch {

LoopSignal::LoopSignal() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!fd_) throw std::runtime_error("eventfd: out of descriptors");
}

bool LoopSignal::turn() {
  std::uint64_t ignored = 0;
  [[maybe_unused]] const ssize_t got = ::read(fd_.get(), &ignored, sizeof ignored);
  const std::lock_guard lock(mutex_);
  seen_ = asked_;
  answered_.notify_all();
  return !stopped_;
}

void LoopSignal::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t put = ::write(fd_.get(), &one, sizeof one);
}

void LoopSignal::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  wake();
}

bool LoopSignal::ping(std::chrono::milliseconds deadline) {
  std::unique_lock lock(mutex_);
  const std::uint64_t mine = ++asked_;
  wake();
  return answered_.wait_for(lock, deadline, [&] { return seen_ >= mine; });
}

}  // namespace huxin::watch
