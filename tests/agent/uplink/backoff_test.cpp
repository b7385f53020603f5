#include "agent/uplink/backoff.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::uplink {

using std::chrono::milliseconds;

TEST_CASE("waits double up to the longest, each between half and all of its share") {
  Backoff backoff(milliseconds(500), milliseconds(60'000), 1);
  for (const int share : {500, 1000, 2000, 4000, 8000, 16'000, 32'000, 60'000, 60'000, 60'000}) {
    INFO(share);
    const milliseconds wait = backoff.next();
    CHECK(wait >= milliseconds(share / 2));
    CHECK(wait <= milliseconds(share));
  }
  backoff.reset();
  CHECK(backoff.next() <= milliseconds(500));
}

TEST_CASE("two terminals do not wait alike") {
  Backoff one(milliseconds(60'000), milliseconds(60'000), 1);
  Backoff two(milliseconds(60'000), milliseconds(60'000), 2);
  CHECK(one.next() != two.next());
}

}  // namespace huxin::uplink
