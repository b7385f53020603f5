#pragma once
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace huxin::test {

/// A child process, ended (SIGTERM) and reaped at the end.
class Child {
 public:
  /// `environment` adds "NAME=value"; "NAME" alone takes it away.
  Child(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
        int keep_fd = -1);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t pid() const { return pid_; }
  /// Ends it and returns its exit code; 128 + signal when it was killed.
  int end();

 private:
  pid_t pid_ = -1;
};

/// A virtual X server on a display number nobody uses.
class Desktop {
 public:
  Desktop();

  const std::string& display() const { return display_; }
  /// Copies bytes as an application would.
  void copy(const std::string& bytes, const std::string& selection = "clipboard",
            const std::string& target = "UTF8_STRING") const;
  /// Pastes; empty when there is nothing.
  std::string paste(const std::string& selection = "clipboard",
                    const std::string& target = "UTF8_STRING") const;

 private:
  int ready_[2] = {-1, -1};
  std::unique_ptr<Child> server_;
  std::string display_;
};

/// Why there can be no desktop here; empty: there can.
std::string no_desktop();

}  // namespace huxin::test
