#include "policy/detect/self_test.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect {
namespace {

// As a CPU or a compiler would have it that gets one thing wrong.

void deaf_to_nines(const char* data, std::size_t count, Places* places) {
  find_places(data, count, places);
  for (std::size_t i = 0; i < count * kPlacesBytes; ++i) {
    if (data[i] == '9') places[i / kPlacesBytes].digits &= ~(std::uint64_t{1} << i % kPlacesBytes);
  }
}

void deaf_to_colons_at_the_end(const char* data, std::size_t count, Places* places) {
  find_places(data, count, places);
  for (std::size_t i = 0; i < count; ++i) {
    if (data[i * kPlacesBytes + 61] == "："[0]) places[i].marks &= ~(std::uint64_t{1} << 61U);
  }
}

text::ChangeBlock blind_to_last_byte(const char* data, std::size_t at, std::size_t size) {
  text::ChangeBlock block = text::next_change_block(data, at, size);
  block.leads &= ~std::uint64_t{0} >> 1U;
  return block;
}

text::ChangeBlock blind_to_wide_spaces(const char* data, std::size_t at, std::size_t size) {
  text::ChangeBlock block = text::next_change_block(data, at, size);
  for (std::size_t i = 0; i < 64; ++i) {
    if (std::string_view(data + block.at, size - block.at).substr(i).starts_with("\u3000"))
      block.leads &= ~(std::uint64_t{1} << i);
  }
  return block;
}

struct Broken {
  VectorLoops loops;
  const char* why;
};

const Broken kBroken[] = {
    {{.places = &deaf_to_nines}, "one digit of ten"},
    {{.places = &deaf_to_colons_at_the_end}, "a mark of three bytes that crosses a block's end"},
    {{.changes = &blind_to_last_byte}, "a character that begins in a block's last byte"},
    {{.changes = &blind_to_wide_spaces}, "one kind of character"},
};

}  // namespace

TEST_CASE("the vector loops of this machine miss nothing") { CHECK(test_vector_loops()); }

TEST_CASE("the portable loops pass for any machine") {
  CHECK(test_vector_loops(
      {.places = &find_places_portable, .changes = &text::next_change_block_portable}));
}

TEST_CASE("a vector loop that misses one thing at one place is refused") {
  for (const Broken& row : kBroken) {
    INFO(row.why);
    const Status tested = test_vector_loops(row.loops);
    REQUIRE_FALSE(tested);
    CHECK(tested.error().code == Errc::kInternal);
    CHECK(tested.error().context.starts_with("self-test"));
  }
}

}  // namespace huxin::detect
