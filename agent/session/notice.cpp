#include "agent/session/notice.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <array>

namespace huxin::session {

void show_notice(const std::string& text) {
  std::array<std::string, 5> words{"notify-send", "--app-name=huxin", "--", "护信 Huxin", text};
  std::array<char*, 6> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int fd : {0, 1, 2})
    posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
  pid_t child = 0;
  posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
}

}  // namespace huxin::session
