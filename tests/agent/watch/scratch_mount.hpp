#pragma once
#include <functional>
#include <string>
#include <vector>

#include "tests/support/temp_dir.hpp"

namespace huxin::test {

/// A tmpfs of its own, so that no mark ever touches the machine's mounts. Open to all users.
class ScratchMount {
 public:
  ScratchMount();
  ~ScratchMount();
  ScratchMount(const ScratchMount&) = delete;
  ScratchMount& operator=(const ScratchMount&) = delete;

  std::filesystem::path path() const { return dir_ / "mount"; }
  std::filesystem::path operator/(std::string_view name) const { return path() / name; }

 private:
  TempDir dir_;
};

/// Why tests of fanotify cannot run here; empty: they can.
std::string no_fanotify();

/// Runs a shell command as another process (and user) and returns its exit code.
int shell(const std::string& command, unsigned uid = 0);

/// Waits until `condition` holds, at most five seconds; says whether it did.
bool eventually(const std::function<bool()>& condition);

}  // namespace huxin::test
