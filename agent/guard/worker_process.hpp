#pragma once
#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "agent/guard/worker.pb.h"
#include "policy/base/file.hpp"

namespace huxin::guard {

/// What a worker is born with. `known`: the memory file that WorkerConfig tells the sizes in; may
/// be null.
struct WorkerBirth {
  WorkerConfig config;
  std::shared_ptr<const Fd> known;
};

/// One worker as the guardian holds it: a process group of its own and the socket to it. Ended,
/// with its helper, when this is destroyed.
/// Movable; the one moved from holds nothing. Not thread-safe.
class WorkerProcess {
 public:
  /// Starts `command` and waits for its hello. Nothing is inherited but the socket, the
  /// configuration, what the bank knows and standard error; the environment is empty but for the
  /// language. kTimeout: no hello within `patience`; kProtocol: something else came; kUnavailable:
  /// it ended first, or its hello tells why it cannot work. Nothing is left running after an error.
  static Result<WorkerProcess> start(const std::vector<std::string>& command,
                                     const WorkerBirth& birth, std::chrono::milliseconds patience);
  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&& other) noexcept;
  ~WorkerProcess();

  int socket() const { return socket_.get(); }
  pid_t pid() const { return pid_; }
  const WorkerHello& hello() const { return hello_; }

  /// Kills the process group and says how the process had ended, for the log: "signal 31", "exit
  /// 1".
  std::string end();

 private:
  WorkerProcess(Fd socket, pid_t pid) : socket_(std::move(socket)), pid_(pid) {}
  Fd socket_;
  pid_t pid_ = -1;
  WorkerHello hello_;
};

}  // namespace huxin::guard
