// A worker that is in the same cage as the real one and does what a request's name tells it to:
// what a parser under an attacker's control would do.
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "agent/extract/helper_program.hpp"
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

std::string receive_without_end() {
  std::vector<int> files;
  for (int file = 0; (file = ::memfd_create("many", MFD_CLOEXEC)) >= 0;) files.push_back(file);
  for (const int file : files) ::close(file);
  return refused_or(files.size() > 64);
}

std::string write_without_end() {
  const int file = ::memfd_create("large", MFD_CLOEXEC);
  const std::string piece(std::size_t{16} << 20U, 'x');
  for (int i = 0; i < 64; ++i) {
    if (::write(file, piece.data(), piece.size()) <= 0) return "refused";
  }
  return "did";
}

/// Deeper than any stack; the volatile keeps it from being made a loop.
int recurse_without_end(int depth) {
  volatile char frame[4096];
  frame[0] = static_cast<char>(depth);
  if (depth < 0) return 0;  // never
  return recurse_without_end(depth + 1) + frame[0];
}

std::string look_into_guardian() {
  char byte = 0;
  const iovec here{&byte, 1};
  const iovec there{&byte, 1};
  return refused_or(::process_vm_readv(::getppid(), &here, 1, &there, 1, 0) == 1);
}

rlim_t limit_of(__rlimit_resource resource) {
  rlimit limit{};
  ::getrlimit(resource, &limit);
  return limit.rlim_cur;
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
  if (name == "pdftotext") return execute(extract::kPdfToText);
  if (name == "kill") return refused_or(::kill(::getppid(), 0) == 0);
  if (name == "handle") return refused_or(::syscall(SYS_pidfd_open, ::getppid(), 0) >= 0);
  if (name == "inherit") return refused_or((::fcntl(kWorkerSocket, F_GETFD) & FD_CLOEXEC) == 0);
  if (name == "descriptors") return receive_without_end();
  if (name == "large file") return write_without_end();
  if (name == "stack") return std::to_string(recurse_without_end(0));
  if (name == "look") return look_into_guardian();
  if (name == "connect") return refused_or(::syscall(SYS_connect, kWorkerSocket, nullptr, 0) == 0);
  if (name == "unix") return refused_or(::socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
  if (name == "uring") return refused_or(::syscall(SYS_io_uring_setup, 1, nullptr) >= 0);
  if (name == "namespace") return refused_or(::unshare(CLONE_NEWUSER) == 0);
  if (name == "own memory") return open_file("/proc/self/mem", O_RDWR);
  if (name == "list") return open_file("/", O_RDONLY | O_DIRECTORY);
  if (name == "remove") return refused_or(::unlink("/tmp/huxin-escaped") == 0 || errno == ENOENT);
  if (name == "memory") return std::to_string(limit_of(RLIMIT_AS));
  if (name == "uid") return refused_or(::getuid() == 0 || ::getegid() == 0);
  if (name == "root") return refused_or(::setuid(0) == 0);
  return "fine";
}

void say(const google::protobuf::MessageLite& message) {
  if (!send_packet(kWorkerSocket, message.SerializeAsString(), -1, kForever)) ::_exit(1);
}

/// Says that more follows, for ever.
void flood(const ScanRequest& request) {
  ScanReply reply;
  reply.set_id(request.id());
  reply.set_more(true);
  for (;;) say(reply);
}

void answer(const ScanRequest& request) {
  if (request.name() == "flood") flood(request);
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

/// What the guardian says of the worker's limits, as the real worker reads it.
WorkerConfig given_config() {
  WorkerConfig config;
  config.ParseFromFileDescriptor(kWorkerConfig);
  return config;
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
      enter_sandbox({.address_space = static_cast<std::size_t>(given_config().address_space()),
                     .keep = {kWorkerSocket}});
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
