// Content that comes in parts, to the real worker in its real cage.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "agent/guard/pool.hpp"
#include "agent/guard/stream_table.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::guard {
namespace {

using namespace std::chrono_literals;
using Random = std::mt19937;

Fd memory_of(std::string_view bytes) {
  Fd file(::memfd_create("part", MFD_CLOEXEC));
  if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    return {};
  return file;
}

WorkerPool& real_pool() {
  static const SystemClock clock;
  static const auto pool = [] {
    PoolOptions options;
    options.workers = 1;
    options.command = {HUXIN_BINARY_DIR "/tests/agent/scan_worker"};
    options.start_patience = 110s;
    auto started = WorkerPool::start(options, {.cache = test::pattern_cache()}, clock);
    if (!started) FAIL(started.error().context);
    return std::move(*started);
  }();
  return *pool;
}

inspect::ScanResult send_part(std::string_view bytes, const inspect::Part& part,
                              const detect::Enough& enough = {}) {
  return real_pool().scan(
      {.file = memory_of(bytes), .name = "memo", .deadline = 60s, .enough = enough, .part = part});
}

/// A memo with people in it, in lines of many lengths.
std::string memo(Random& random, std::size_t size) {
  std::string text = "分行周例会纪要\n\n";
  while (text.size() < size) {
    const auto person = std::uniform_int_distribution(0, 99'999'999)(random);
    switch (std::uniform_int_distribution(0, 9)(random)) {
      case 0:
        text += fmt::format("客户联系电话：138{:08}\n\n", person);
        break;
      case 1:
        text += fmt::format("客户：张伟 身份证号：11010519491231002X 手机 139{:08}\n", person);
        break;
      default:
        text += "讨论柜面服务与排队安排，没有需要登记的内容，按上次的意见继续办理。\n";
    }
  }
  return text;
}

std::string told(const inspect::ScanResult& result) {
  std::string text = fmt::format("{} {} {} {} {}\n", result.outcome.format, result.outcome.reason,
                                 result.outcome.bytes, result.inspection.customers,
                                 result.inspection.findings_total);
  for (std::size_t i = 0; i < result.inspection.findings.size(); ++i) {
    const detect::Finding& each = result.inspection.findings[i];
    text += fmt::format("{} {} {}-{} {} {} {} {}\n", catalog::to_string(each.element), each.value,
                        each.span.begin, each.span.end, each.where, each.customer, each.confidence,
                        result.snippets[i]);
  }
  return text;
}

/// Sends a text in parts of these sizes, the rest with the last one.
inspect::ScanResult send_in_parts(std::string_view text, std::span<const std::size_t> sizes,
                                  std::uint64_t stream) {
  std::uint64_t number = 0;
  for (const std::size_t size : sizes) {
    const auto taken = send_part(text.substr(0, size), {stream, number++, true});
    REQUIRE(taken.streaming);
    REQUIRE(taken.inspection.findings.empty());
    text.remove_prefix(std::min(size, text.size()));
  }
  return send_part(text, {stream, number, false});
}

double private_megabytes(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/smaps_rollup", pid));
  double kilobytes = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("Private_"))
      kilobytes += std::strtod(line.c_str() + line.find(':') + 1, nullptr);
  }
  return kilobytes / 1024;
}

}  // namespace

TEST_CASE("a text in random parts is judged as the whole of it") {
  Random random(20'261'129);
  for (std::uint64_t round = 1; round <= 6; ++round) {
    const std::string text = memo(random, std::size_t{400'000} * round * round);
    const auto whole = send_part(text, {});
    REQUIRE(whole.inspection.findings_total > 100);
    std::vector<std::size_t> sizes;
    for (std::size_t left = text.size(); left > 0 && sizes.size() < 40;) {
      sizes.push_back(std::uniform_int_distribution<std::size_t>(1, left / 2 + 1)(random));
      left -= std::min(left, sizes.back());
    }
    const auto parts = send_in_parts(text, sizes, round);
    CHECK(told(parts) == told(whole));
  }
}

TEST_CASE("streams that are sent in turns do not mix") {
  Random random(7);
  const std::string a = memo(random, 300'000);
  const std::string b = memo(random, 200'000);
  const auto send = [&](const std::string& text, std::uint64_t stream, std::uint64_t number) {
    const std::size_t third = text.size() / 3;
    const std::size_t size = number == 2 ? std::string::npos : third;
    return send_part(std::string_view(text).substr(number * third, size),
                     {stream, number, number < 2});
  };
  inspect::ScanResult last_a, last_b;
  for (std::uint64_t number = 0; number < 3; ++number) {
    last_a = send(a, 101, number);
    static_cast<void>(send_part(b, {}));  // another job in between
    last_b = send(b, 102, number);
  }
  CHECK(told(last_a) == told(send_part(a, {})));
  CHECK(told(last_b) == told(send_part(b, {})));
}

TEST_CASE("a large text in parts takes the memory of a window") {
  Random random(3);
  const std::string part = memo(random, std::size_t{4} << 20U);
  const pid_t worker = real_pool().pids().front();
  constexpr std::uint64_t kParts = 30;  // 120 MiB
  [[maybe_unused]] double after_few = 0;
  for (std::uint64_t number = 0; number < kParts; ++number) {
    REQUIRE(send_part(part, {200, number, true}).streaming);
    if (number == 9) after_few = private_megabytes(worker);  // snippets have their 32 MiB by now
  }
#ifndef HUXIN_SANITIZED  // they keep what is freed
  CHECK(private_megabytes(worker) < after_few + 16);
#endif
  CHECK(real_pool().pids().front() == worker);
  const auto last = send_part("", {200, kParts, false});
  CHECK(last.outcome.bytes == kParts * part.size());
  CHECK(last.inspection.findings_total > 100'000);
}

TEST_CASE("a text in parts ends as soon as there is enough") {
  Random random(5);
  const std::string part = memo(random, std::size_t{5} << 20U);
  const detect::Enough enough{.any_of = {{.findings = 10}}};
  const auto first = send_part(part, {300, 0, true}, enough);
  CHECK_FALSE(first.streaming);
  CHECK(first.inspection.stopped);
  CHECK(first.inspection.findings_total >= 10);
  CHECK(first.outcome.reason == "stopped");
  CHECK(send_part(part, {300, 1, true}, enough).outcome.reason == "stream_lost");
}

TEST_CASE("a part with the one customer that makes it enough is not passed on") {
  // Nine behind each other, so that it was looked at them all; then nothing; then the tenth.
  const auto customer = [](int person) {
    constexpr std::string_view kIds[] = {
        "11010519491231002X", "440524188001010014", "110105197001010011", "11010519700101002X",
        "110105197001010038", "110105197001010046", "110105197001010054", "110105197001010062",
        "110105197001010070", "110105197001010089"};
    return fmt::format("身份证号：{}，手机号：139{:08}\n", kIds[person], person);
  };
  std::string nine = "会议纪要\n\n", tenth = customer(9), blank;
  for (int person = 0; person < 9; ++person) nine += customer(person);
  while (blank.size() < std::size_t{5} << 20U)
    blank += "没有需要登记的内容，按上次的意见继续办理。\n";
  const detect::Enough ten{.any_of = {{.customers = 10}}};
  REQUIRE(send_part(nine + blank, {310, 0, true}, ten).streaming);
  const auto second = send_part(tenth + blank, {310, 1, true}, ten);
  CHECK_FALSE(second.streaming);
  CHECK(second.inspection.stopped);
  CHECK(second.inspection.customers == 10);
}

TEST_CASE("what is no plain text is judged by its beginning") {
  const auto first = send_part("{\"手机\": \"13800138000\", \"备注\": \"", {400, 0, true});
  CHECK_FALSE(first.streaming);
  CHECK(first.outcome.format == "json");
  CHECK(send_part("…\"}", {400, 1, false}).outcome.reason == "stream_lost");
}

TEST_CASE("a part that is not due, or of no stream, is not inspected") {
  const std::string text = "客户联系电话：13800138000\n";
  CHECK(send_part(text, {500, 1, true}).outcome.reason == "stream_lost");
  REQUIRE(send_part(text, {501, 0, true}).streaming);
  CHECK(send_part(text, {501, 2, true}).outcome.reason == "stream_lost");
  CHECK(send_part(text, {501, 1, true}).outcome.reason == "stream_lost");
}

TEST_CASE("of too many streams the one that waited longest is lost") {
  const std::string text = "客户联系电话：13800138000\n";
  for (std::uint64_t i = 0; i <= StreamTable::kMost; ++i)
    REQUIRE(send_part(text, {600 + i, 0, true}).streaming);
  CHECK(send_part(text, {600, 1, false}).outcome.reason == "stream_lost");
  CHECK(send_part(text, {601, 1, false}).inspection.findings_total == 2);
}

TEST_CASE("a stream whose worker ended is lost") {
  REQUIRE(send_part("客户\n", {700, 0, true}).streaming);
  const pid_t worker = real_pool().pids().front();
  REQUIRE(::kill(worker, SIGKILL) == 0);
  while (send_part("客户\n", {}).outcome.reason == "worker_crashed") {
  }
  CHECK(send_part("客户\n", {700, 1, false}).outcome.reason == "stream_lost");
}

}  // namespace huxin::guard
