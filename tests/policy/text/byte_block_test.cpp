#include "policy/text/byte_block.hpp"

#include <array>
#include <random>

#include <catch2/catch_test_macros.hpp>

using huxin::text::ByteBlock;

namespace {

template <class Test>
std::uint64_t one_by_one(const std::array<char, ByteBlock::kSize>& bytes, const Test& test) {
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (test(static_cast<unsigned char>(bytes[i]))) mask |= std::uint64_t{1} << i;
  }
  return mask;
}

}  // namespace

TEST_CASE("a block answers for sixty-four bytes as each byte would") {
  std::mt19937 random(20261128);
  for (int round = 0; round < 2000; ++round) {
    std::array<char, ByteBlock::kSize> bytes{};
    for (char& byte : bytes) byte = static_cast<char>(random());
    const ByteBlock block(bytes.data());
    const auto wanted = static_cast<unsigned char>(random());
    const auto low = static_cast<unsigned char>(1 + random() % 0x60);
    const auto high = static_cast<unsigned char>(low + random() % (0x7E - low));
    CHECK(block.equal(wanted) == one_by_one(bytes, [=](auto byte) { return byte == wanted; }));
    CHECK(block.equal(static_cast<unsigned char>(bytes[7])) == one_by_one(bytes, [&](auto byte) {
            return byte == static_cast<unsigned char>(bytes[7]);
          }));
    CHECK(block.between(low, high) ==
          one_by_one(bytes, [=](auto byte) { return byte >= low && byte <= high; }));
    CHECK(block.high() == one_by_one(bytes, [](auto byte) { return byte >= 0x80; }));
  }
}
