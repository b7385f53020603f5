#include "agent/status_board.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <sstream>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
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

TEST_CASE("a board that cannot be written is logged once, tried again, and is right afterwards") {
  const test::TempDir dir;
  const State state{dir / "later"};
  std::ostringstream log;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log)));
  std::atomic<int> asked = 0;
  {
    const StatusBoard board(
        state,
        [&] {
          record::Heartbeat beat;  // as on a full disk, where the number of waiting records grows
          beat.set_policy_version(std::to_string(std::min(++asked, 30)));
          return beat;
        },
        std::chrono::milliseconds(1));
    REQUIRE(test::eventually([&] { return asked > 30; }));  // from here on nothing changes
    std::filesystem::create_directory(state.root);
    CHECK(test::eventually([&] {
      const Result<std::string> text = read_status(state);
      return text && text->contains("\"policy\":\"30\"");
    }));
  }
  spdlog::set_default_logger(before);
  const std::string lines = log.str();
  CAPTURE(lines);
  CHECK(std::ranges::count(lines, '\n') == 2);
  CHECK(lines.contains("written again"));
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
