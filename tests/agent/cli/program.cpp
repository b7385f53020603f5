#include "tests/agent/cli/program.hpp"

#include <sys/wait.h>

#include <cstdio>
#include <stdexcept>

namespace huxin::test {

std::vector<boost::json::object> Ran::lines() const {
  std::vector<boost::json::object> objects;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = out.find('\n', at);
    objects.push_back(boost::json::parse(out.substr(at, end - at)).as_object());
    at = end + 1;
  }
  return objects;
}

Ran run(const std::string& arguments) {
  Ran ran;
  std::FILE* pipe = ::popen((HUXIN_BINARY_DIR "/bin/huxin-agent " + arguments).c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("the program does not start");
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    ran.out.append(buffer, got);
  const int status = ::pclose(pipe);
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

}  // namespace huxin::test
