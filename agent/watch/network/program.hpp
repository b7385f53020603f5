#pragma once
#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// What a program left behind when it ended.
struct ProgramResult {
  int status = 0;      ///< exit code; 128 + signal when it was killed; 255: it is not known
  std::string output;  ///< standard output and error, at most 64 KiB
};

/// Runs a program to its end with `input` on its standard input. kTimeout: it was killed. The
/// environment is empty but for PATH, so that nothing of the caller's leaks into it. `command`:
/// looked for in PATH, no shell. An exit code other than 0 is no error. Blocks.
Result<ProgramResult> run_program(const std::vector<std::string>& command, std::string_view input,
                                  std::chrono::milliseconds deadline = std::chrono::seconds(10));

/// A program kept running with a pipe to its standard input; ended, by closing the pipe and then by
/// SIGKILL, when the owner goes. The kernel closes the pipe too when the owner is killed. Not
/// thread-safe. Its output goes nowhere.
class KeptProgram {
 public:
  /// As soon as it was spawned; whether it goes on is running()'s to say.
  static Result<KeptProgram> start(const std::vector<std::string>& command);
  KeptProgram(KeptProgram&& other) noexcept;
  KeptProgram& operator=(KeptProgram&& other) noexcept;
  ~KeptProgram();

  /// Blocks while the pipe is full; the system's error when the program has ended.
  Status write(std::string_view text);
  /// Reaps it when it has ended.
  bool running();

 private:
  KeptProgram() = default;
  void stop() noexcept;

  Fd input_;
  pid_t pid_ = -1;
};

}  // namespace huxin::watch
