#include "policy/command/log.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <spdlog/spdlog.h>
#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"

namespace huxin::command {
namespace {

/// What is written to standard error while `act` runs.
template <class Act>
std::string standard_error_of(Act act) {
  const Fd file(::memfd_create("stderr", MFD_CLOEXEC));
  const Fd before(::dup(STDERR_FILENO));
  ::dup2(file.get(), STDERR_FILENO);
  act();
  ::dup2(before.get(), STDERR_FILENO);
  std::string said(4096, '\0');
  const ssize_t got = ::pread(file.get(), said.data(), said.size(), 0);
  said.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return said;
}

TEST_CASE("a file's name can neither forge a line of the log nor drive the terminal") {
  const std::string said = standard_error_of([] {
    log_to_standard_error("huxin-test");
    spdlog::warn("open /home/{}: no",
                 "a\n[2026-01-01] [huxin-test] [info] all is well\x1b[31m\u202E");
    spdlog::default_logger()->flush();
  });
  CHECK(std::ranges::count(said, '\n') == 1);
  CHECK(said.contains("[huxin-test] [warning] open /home/a\\n[2026-01-01]"));
  CHECK(said.contains("\\x1b[31m\\u202e: no"));
}

}  // namespace
}  // namespace huxin::command
