#include "agent/watch/losses.hpp"

#include <atomic>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "tests/agent/watch/scratch_mount.hpp"

namespace huxin::watch {
namespace {

using namespace std::chrono_literals;
using test::eventually;

struct Told {
  std::string subject, reason;
  std::uint64_t count;
};

/// Writes down what is told.
struct Ledger {
  Losses::Tell tell() {
    return [this](const std::string& subject, const std::string& reason, std::uint64_t count) {
      const std::lock_guard lock(mutex);
      told.push_back({subject, reason, count});
    };
  }
  std::size_t size() {
    const std::lock_guard lock(mutex);
    return told.size();
  }
  std::mutex mutex;
  std::vector<Told> told;
};

}  // namespace

TEST_CASE("the first loss of a kind is told at once, what follows together, with its number") {
  Ledger ledger;
  {
    Losses losses(ledger.tell(), 1h);
    losses.add("teller", "clipboard_rate");
    REQUIRE(eventually([&] { return ledger.size() == 1; }));
    for (int i = 0; i < 100; ++i) losses.add("teller", "clipboard_rate");
    losses.add("advisor", "clipboard_rate");
    REQUIRE(eventually([&] { return ledger.size() == 2; }));
  }
  REQUIRE(ledger.told.size() == 3);
  CHECK(ledger.told[0].count == 1);
  CHECK(ledger.told[1].subject == "advisor");
  CHECK(ledger.told[2].subject == "teller");
  CHECK(ledger.told[2].count == 100);
}

TEST_CASE("a period that ends tells what came in it") {
  Ledger ledger;
  Losses losses(ledger.tell(), 20ms);
  losses.add("a", "r");
  REQUIRE(eventually([&] { return ledger.size() == 1; }));
  losses.add("a", "r");
  CHECK(eventually([&] { return ledger.size() == 2; }));
}

TEST_CASE("beyond 256 kinds losses are told without their subject, and none goes uncounted") {
  Ledger ledger;
  {
    Losses losses(ledger.tell(), 1h);
    for (int i = 0; i < 1000; ++i) losses.add("/f" + std::to_string(i), "open_deadline");
  }
  std::uint64_t all = 0;
  for (const Told& told : ledger.told) all += told.count;
  CHECK(all == 1000);
  CHECK(ledger.told.size() <= Losses::kKinds + 3);
  CHECK(ledger.told.back().count > 0);
}

TEST_CASE("what is told is valid UTF-8, whatever a path is made of") {
  Ledger ledger;
  {
    Losses(ledger.tell(), 1h).add("/\xBF\xCD", "unguardable: \xFF");
  }
  REQUIRE(ledger.told.size() == 1);
  CHECK(ledger.told[0].subject == "/\uFFFD\uFFFD");
  CHECK(ledger.told[0].reason == "unguardable: \uFFFD");
}

TEST_CASE("who loses something never waits for who is told") {
  std::atomic<bool> release{false};
  Losses losses([&](const auto&, const auto&, std::uint64_t) { release.wait(false); }, 1h);
  for (int i = 0; i < 10; ++i) losses.add("a", std::to_string(i));
  release = true;
  release.notify_all();
}

}  // namespace huxin::watch
