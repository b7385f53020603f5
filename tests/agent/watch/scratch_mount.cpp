#include "tests/agent/watch/scratch_mount.hpp"

#include <sys/fanotify.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace huxin::test {

ScratchMount::ScratchMount() {
  std::filesystem::create_directories(path());
  std::filesystem::permissions(dir_.path(), std::filesystem::perms(0755));
  if (::mount("huxin-test", path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=64m,mode=0777") !=
      0) {
    throw std::runtime_error("mount tmpfs on " + path().string());
  }
}

ScratchMount::~ScratchMount() { ::umount2(path().c_str(), MNT_DETACH); }

std::string no_fanotify() {
  if (::geteuid() != 0) return "needs root: fanotify and mounts";
  const int group = ::fanotify_init(FAN_CLASS_CONTENT, 0);
  if (group < 0) return "this kernel or container refuses fanotify permission groups";
  ::close(group);
  return {};
}

int shell(const std::string& command, unsigned uid) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (uid != 0 && (::setgid(uid) != 0 || ::setuid(uid) != 0)) ::_exit(126);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace huxin::test
