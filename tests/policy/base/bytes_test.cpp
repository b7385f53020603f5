#include "policy/base/bytes.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin {

TEST_CASE("hexadecimal text of either case reads back to the same bytes") {
  const Bytes bytes{0x00, 0x7f, 0xff, 0xa5};
  CHECK(to_hex(bytes) == "007fffa5");
  CHECK(from_hex("007FffA5").value() == bytes);
}

TEST_CASE("hexadecimal text that is odd or holds another character is refused") {
  CHECK(from_hex("abc").error().code == Errc::kInvalid);
  CHECK(from_hex("zz").error().code == Errc::kInvalid);
}

TEST_CASE("spans are half open: touching spans do not overlap") {
  CHECK_FALSE(Span{0, 3}.overlaps(Span{3, 5}));
  CHECK(Span{0, 4}.overlaps(Span{3, 5}));
  CHECK(Span{0, 5}.contains(Span{3, 5}));
}

}  // namespace huxin
