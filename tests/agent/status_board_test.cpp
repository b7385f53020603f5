#include "agent/status_board.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {

TEST_CASE("a running agent shows its channels, and takes the board away when it ends") {
  const test::TempDir dir;
  const State state{dir.path()};
  {
    const StatusBoard board(state, [] {
      record::Heartbeat beat;
      beat.set_agent_version("1.2.3");
      (*beat.mutable_channels())["file"] = "ok";
      return beat;
    });
    CHECK(test::eventually([&] {
      const Result<std::string> text = read_status(state);
      return text && text->contains("\"file\":\"ok\"") && text->contains("1.2.3");
    }));
  }
  CHECK(read_status(state).error().code == Errc::kUnavailable);
}

TEST_CASE("the board of an agent that was killed counts for nothing") {
  const test::TempDir dir;
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  REQUIRE(::waitpid(child, nullptr, 0) == child);  // its number is free again
  dir.write("status.json", fmt::format(R"({{"pid":{}}})", child));
  CHECK(read_status(State{dir.path()}).error().code == Errc::kUnavailable);
}

TEST_CASE("a board that is no status is named as such") {
  const test::TempDir dir;
  for (const char* content : {"", "[]", "{}", R"({"pid":"x"})"}) {
    dir.write("status.json", content);
    CHECK(read_status(State{dir.path()}).error().code == Errc::kCorrupt);
  }
}

}  // namespace huxin::agent
