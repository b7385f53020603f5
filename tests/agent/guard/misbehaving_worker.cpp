// A worker that is in the same cage as the real one and does what a request's name tells it to:
// what a parser under an attacker's control would do.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "agent/guard/channel.hpp"
#include "agent/guard/sandbox.hpp"
#include "agent/guard/worker.hpp"
#include "agent/guard/worker.pb.h"

using namespace huxin;
using namespace huxin::guard;

namespace {

std::string refused_or(bool did) { return did ? "did" : "refused"; }

std::string open_file(const char* path, int flags) {
  const int fd = ::open(path, flags, 0600);
  if (fd >= 0) ::close(fd);
  return refused_or(fd >= 0);
}

std::string execute(const char* path) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl(path, path, "-v", static_cast<char*>(nullptr));
    ::_exit(126);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return refused_or(WIFEXITED(status) && WEXITSTATUS(status) != 126);
}

std::string allocate_without_end() {
  std::vector<void*> blocks;
  for (std::size_t total = 0; total < (std::size_t{8} << 30U); total += std::size_t{16} << 20U) {
    void* const block = std::malloc(std::size_t{16} << 20U);
    if (block == nullptr) std::abort();
    std::memset(block, 1, std::size_t{16} << 20U);
    blocks.push_back(block);
  }
  return "did";
}

std::string act(std::string_view name) {
  if (name == "crash") ::raise(SIGSEGV), std::abort();
  if (name == "hang")
    for (;;) ::usleep(1000);
  if (name == "exit") ::_exit(7);
  if (name == "allocate") return allocate_without_end();
  if (name == "socket") return refused_or(::socket(AF_INET, SOCK_STREAM, 0) >= 0);
  if (name == "ptrace")
    return refused_or(::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr) == 0);
  if (name == "passwd") return open_file("/etc/passwd", O_RDONLY);
  if (name == "write") return open_file("/tmp/huxin-escaped", O_WRONLY | O_CREAT);
  if (name == "shell") return execute("/bin/sh");
  if (name == "pdftotext") return execute(kHelperProgram);
  if (name == "kill") return refused_or(::kill(::getppid(), 0) == 0);
  if (name == "handle") return refused_or(::syscall(SYS_pidfd_open, ::getppid(), 0) >= 0);
  if (name == "inherit") return refused_or((::fcntl(kWorkerSocket, F_GETFD) & FD_CLOEXEC) == 0);
  if (name == "root") return refused_or(::setuid(0) == 0);
  return "fine";
}

void say(const google::protobuf::MessageLite& message) {
  if (!send_packet(kWorkerSocket, message.SerializeAsString(), -1, kForever)) ::_exit(1);
}

void answer(const ScanRequest& request) {
  ScanReply reply;
  reply.set_id(request.name() == "another" ? request.id() + 1 : request.id());
  reply.set_format("text");
  reply.set_coverage(request.name() == "impossible" ? 77 : 1);
  reply.set_reason(request.name() == "shout"       ? "LOUD\n"
                   : request.name() == "max_bytes" ? std::to_string(request.max_bytes())
                                                   : act(request.name()));
  reply.set_bytes(1);
  say(reply);
}

}  // namespace

int main(int argc, char** argv) {
  WorkerHello hello;
  if (argc > 1 && std::string_view(argv[1]) == "unwilling") {
    hello.set_error("the detector does not compile");
    say(hello);
    return 1;
  }
  if (argc > 1 && std::string_view(argv[1]) == "stillborn") return 3;
  const auto walls =
      enter_sandbox({.address_space = std::size_t{256} << 20U, .keep = {kWorkerSocket}});
  if (!walls) return 1;
  for (const std::string& wall : walls->in_force) hello.add_in_force(wall);
  for (const std::string& wall : walls->missing) hello.add_missing(wall);
  say(hello);
  for (;;) {
    auto packet = receive_packet(kWorkerSocket, kForever);
    if (!packet || !packet->has_value()) return 0;
    ScanRequest request;
    if (!request.ParseFromString((*packet)->bytes)) return 1;
    answer(request);
  }
}
