#include "policy/base/clock.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin {

TEST_CASE("a time reads back from what was written") {
  const Time time = from_rfc3339("2026-03-01T08:30:05.042Z").value();
  CHECK(to_rfc3339(time) == "2026-03-01T08:30:05.042Z");
  CHECK(from_rfc3339("2026-03-01T08:30:05Z").value() == time - std::chrono::milliseconds(42));
}

TEST_CASE("a text that is no time is refused") {
  for (const char* text :
       {"x026-03-01T08:30:05Z", "", "2026-03-01", "2026-02-30T00:00:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T08:30:05+08:00", "2026-03-01T08:30:-5Z", "2026-03-01T08:30:05.04Z"}) {
    INFO(text);
    CHECK_FALSE(from_rfc3339(text).has_value());
  }
}

}  // namespace huxin
