#include "agent/extract/child_process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <new>
#include <stdexcept>

namespace huxin::extract {
namespace {

using namespace std::chrono_literals;

struct Ran {
  ChildExit exit;
  std::string output, reason;
};

Ran run(const AsideWork& work, std::chrono::milliseconds patience = 10s) {
  const Budget budget{.deadline = 20s};
  const Sink sink = [](text::Document&&) { return true; };
  Extraction extraction(budget, sink);
  Ran ran;
  ran.exit =
      run_aside(work, extraction, [&](std::string_view more) { ran.output += more; }, patience);
  ran.reason = extraction.reason();
  return ran;
}

}  // namespace

TEST_CASE("what a child puts comes back, however much, and its memory stays its own") {
  std::string text = "mine";
  const Ran ran = run([&](const UseOutput& put) {
    text.assign(std::size_t{1} << 20U, 'x');
    put(text);
    put("end");
  });
  CHECK(ran.exit.code == 0);
  CHECK(ran.output.size() == (std::size_t{1} << 20U) + 3);
  CHECK(ran.output.ends_with("xend"));
  CHECK(text == "mine");
}

TEST_CASE("a child that hangs or crashes is ended by itself, and what it had put before counts") {
  const auto start = std::chrono::steady_clock::now();
  const Ran hung = run(
      [](const UseOutput& put) {
        put("some");
        for (volatile unsigned i = 0;; i = i + 1) {
        }
      },
      200ms);
  CHECK(std::chrono::steady_clock::now() - start < 2s);
  CHECK(hung.exit.overdue);
  CHECK(hung.output == "some");
  CHECK(hung.reason.empty());

  const Ran crashed = run([](const UseOutput& put) {
    put("some");
    ::raise(SIGKILL);
  });
  CHECK_FALSE(crashed.exit.overdue);
  CHECK(crashed.exit.code == -1);
  CHECK(crashed.output == "some");
}

TEST_CASE("a child that throws says so by its code") {
  CHECK(run([](const UseOutput&) { throw std::bad_alloc(); }).exit.code == kChildOutOfMemory);
  CHECK(run([](const UseOutput&) { throw std::runtime_error("x"); }).exit.code == kChildFailed);
}

}  // namespace huxin::extract
