#include "tests/agent/session/desktop.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "tests/support/temp_dir.hpp"

namespace huxin::test {

Child::Child(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
             int keep_fd)
    : pid_(::fork()) {
  if (pid_ != 0) return;
  for (const std::string& entry : environment) {
    const auto equals = entry.find('=');
    if (equals == std::string::npos) ::unsetenv(entry.c_str());
    if (equals != std::string::npos)
      ::setenv(entry.substr(0, equals).c_str(), entry.c_str() + equals + 1, 1);
  }
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int fd : {0, 1, 2}) ::dup2(nothing, fd);
  if (keep_fd >= 0) ::fcntl(keep_fd, F_SETFD, 0);
  std::vector<char*> words;
  for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execvp(words[0], words.data());
  ::_exit(127);
}

Child::~Child() { end(); }

int Child::end() {
  if (pid_ < 0) return -1;
  ::kill(pid_, SIGTERM);
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Desktop::Desktop() {
  if (::pipe2(ready_, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  server_ = std::make_unique<Child>(
      std::vector<std::string>{"Xvfb", "-displayfd", std::to_string(ready_[1]), "-screen", "0",
                               "320x240x24", "-nolisten", "tcp", "-noreset"},
      std::vector<std::string>{}, ready_[1]);
  ::close(ready_[1]);
  // The server writes the number and the newline by themselves.
  std::string number;
  char byte = 0;
  while (::read(ready_[0], &byte, 1) == 1 && byte != '\n') number += byte;
  ::close(ready_[0]);
  if (number.empty()) throw std::runtime_error("Xvfb did not start");
  display_ = ":" + number;
}

void Desktop::copy(const std::string& bytes, const std::string& selection,
                   const std::string& target) const {
  const TempDir dir;
  const auto file = dir.write("copied", bytes);
  const std::string command = "xclip -display " + display_ + " -selection " + selection + " -t '" +
                              target + "' -i " + file.string() + " >/dev/null 2>&1";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("xclip -i");
}

std::string Desktop::paste(const std::string& selection, const std::string& target) const {
  const std::string command = "timeout 5 xclip -display " + display_ + " -selection " + selection +
                              " -t '" + target + "' -o 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string text;
  std::array<char, 65536> buffer{};
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
    text.append(buffer.data(), got);
  return text;
}

std::string no_desktop() {
  for (const char* program : {"Xvfb", "xclip"}) {
    if (std::system(("command -v " + std::string(program) + " >/dev/null").c_str()) != 0) {
      return std::string("needs ") + program;
    }
  }
  return {};
}

}  // namespace huxin::test
