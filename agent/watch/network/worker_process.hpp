#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "agent/watch/network/control_channel.hpp"

namespace huxin::watch {

/// The sockets redirected connections arrive at. They belong to the guardian, so that connections
/// made while a worker is being replaced wait for the next one.
struct Listeners {
  Fd v4, v6;  ///< 127.0.0.1 and ::1, ports chosen by the kernel; v6 may be absent
  std::uint16_t port = 0;
  std::uint16_t port6 = 0;

  /// Non-blocking, with up to 1,024 connections waiting.
  static Result<Listeners> open();
  /// Resets every connection that waits.
  void refuse_waiting() const;
};

/// One network worker: `huxin-agent worker network` in a process of its own, killed and reaped when
/// the object goes.
class WorkerProcess {
 public:
  /// Does not wait until it is ready. The worker gets the descriptors of control_channel.hpp,
  /// nothing else, and an empty environment. Sending to it blocks for at most 2 s.
  static Result<WorkerProcess> start(const std::filesystem::path& program,
                                     const Listeners& listeners);
  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&&) = delete;
  ~WorkerProcess();

  /// Shared, so that a verdict that comes late is sent to the worker that asked or to nobody.
  const std::shared_ptr<Fd>& control() const { return control_; }
  pid_t pid() const { return pid_; }

 private:
  WorkerProcess(std::shared_ptr<Fd> control, pid_t pid) : control_(std::move(control)), pid_(pid) {}

  std::shared_ptr<Fd> control_;
  pid_t pid_ = -1;
};

}  // namespace huxin::watch
