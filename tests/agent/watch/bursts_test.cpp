#include "agent/watch/bursts.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::watch {
namespace {

using std::chrono::milliseconds;
const Bursts::Moment kStart = Bursts::Moment{} + std::chrono::hours(1);

PendingFile file(const std::string& path, std::string operation = "close_write") {
  PendingFile pending;
  pending.path = path;
  pending.operation = std::move(operation);
  return pending;
}

}  // namespace

TEST_CASE("a burst of writes is told once, when it has been quiet") {
  Bursts bursts(milliseconds(100), milliseconds(1000));
  CHECK_FALSE(bursts.add(file("/a"), kStart));
  CHECK(bursts.add(file("/a", "moved_to"), kStart + milliseconds(90)));
  CHECK_FALSE(bursts.take_due(kStart + milliseconds(150)));
  CHECK(bursts.next_due() == kStart + milliseconds(190));
  const auto due = bursts.take_due(kStart + milliseconds(190));
  REQUIRE(due);
  CHECK(due->operation == "moved_to");
  CHECK_FALSE(bursts.next_due());
}

TEST_CASE("a file that never rests is told when patience ends") {
  Bursts bursts(milliseconds(100), milliseconds(300));
  for (int at = 0; at < 300; at += 50) bursts.add(file("/log"), kStart + milliseconds(at));
  CHECK(bursts.take_due(kStart + milliseconds(300)));
}

TEST_CASE("the process is the first one that was known") {
  Bursts bursts(milliseconds(1), milliseconds(1));
  bursts.add(file("/a"), kStart);
  PendingFile second = file("/a");
  second.actor = {.pid = 7, .uid = 1001, .process = "/usr/bin/et"};
  bursts.add(std::move(second), kStart);
  CHECK(bursts.take_due(kStart + milliseconds(5))->actor.process == "/usr/bin/et");
}

TEST_CASE("beyond the limit the oldest is told at once") {
  Bursts bursts(milliseconds(100), milliseconds(300));
  for (std::size_t i = 0; i <= Bursts::kLimit; ++i) {
    bursts.add(file("/" + std::to_string(i)), kStart + std::chrono::microseconds(i));
  }
  CHECK(bursts.take_due(kStart + milliseconds(2))->path == "/0");
  CHECK_FALSE(bursts.take_due(kStart + milliseconds(2)));
}

}  // namespace huxin::watch
