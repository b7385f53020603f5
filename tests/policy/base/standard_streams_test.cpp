#include "policy/base/standard_streams.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <functional>

#include <catch2/catch_test_macros.hpp>

namespace huxin {
namespace {

/// What the condition says in a process of its own, whose standard streams are at its mercy.
bool alone(const std::function<bool()>& condition) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(condition() ? 0 : 1);
  int status = -1;
  ::waitpid(child, &status, 0);
  return status == 0;
}

TEST_CASE("descriptors that were closed are taken, and cannot be used") {
  CHECK(alone([] {
    for (const int number : {0, 1, 2}) ::close(number);
    open_standard_descriptors();
    char byte = 0;
    return ::open("/dev/null", O_RDONLY) > 2 && ::read(0, &byte, 1) < 0 && ::write(1, "x", 1) < 0 &&
           ::write(2, "x", 1) < 0;
  }));
}

TEST_CASE("descriptors that are open stay as they are") {
  CHECK(alone([] {
    const int other = ::open("/dev/zero", O_RDONLY);
    ::dup2(other, 0);
    ::close(2);
    open_standard_descriptors();
    char byte = 1;
    return ::read(0, &byte, 1) == 1 && byte == 0;
  }));
}

TEST_CASE("output that was lost is told, whether now or earlier") {
  CHECK(alone([] { return flush_standard_output().has_value(); }));
  CHECK(alone([] {
    if (std::freopen("/dev/full", "w", stdout) == nullptr) return false;
    std::fputs("x", stdout);
    const Status now = flush_standard_output();
    const Status later = flush_standard_output();
    return !now && now.error().code == Errc::kNoSpace && !later && later.error().code == Errc::kIo;
  }));
}

}  // namespace
}  // namespace huxin
