#include "policy/base/secret.hpp"

#include <type_traits>

#include <catch2/catch_test_macros.hpp>

namespace huxin {

TEST_CASE("a secret moves, leaves nothing behind, and cannot be copied by accident") {
  STATIC_CHECK_FALSE(std::is_copy_constructible_v<Secret>);
  Secret first(Bytes{1, 2, 3});
  const Secret second = std::move(first);
  CHECK(first.empty());  // NOLINT(bugprone-use-after-move): the point of the test
  CHECK(Bytes(second.view().begin(), second.view().end()) == Bytes{1, 2, 3});
}

}  // namespace huxin
