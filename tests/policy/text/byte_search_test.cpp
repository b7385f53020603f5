#include "policy/text/byte_search.hpp"

#include <algorithm>
#include <random>
#include <ranges>
#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>

using namespace huxin::text;

TEST_CASE("bytes are counted and found from either end as one by one, in texts of every length") {
  std::mt19937 random(5);
  for (std::size_t length = 0; length < 300; ++length) {
    std::string text(length, '\0');
    const std::size_t rare = length % 3 == 0 ? 4 : 40;
    for (char& c : text)
      c = "\n\x8A\xFF"
          "a"[std::min<std::size_t>(random() % rare, 3)];
    for (const char byte : {'\n', '\xFF', 'x'}) {
      CHECK(count(text, byte) == static_cast<std::size_t>(std::ranges::count(text, byte)));
      std::string places(length, '-');
      std::size_t at = 0;  // they come in order
      for_each(text, byte, [&](std::size_t place) {
        CHECK(place >= std::exchange(at, place + 1));
        places[place] = '+';
      });
      for (std::size_t i = 0; i < length; ++i) CHECK((places[i] == '+') == (text[i] == byte));
      CHECK(find_last(text, byte) == text.rfind(byte));
      const auto found_as = [&](std::size_t from) {
        return find_next(text, byte, from) == text.find(byte, from);
      };
      CHECK(std::ranges::all_of(std::views::iota(std::size_t{0}, length + 2), found_as));
      CHECK(find_pair(text, byte) == text.find(std::string(2, byte)));
      CHECK(find_last_pair(text, byte) == text.rfind(std::string(2, byte)));
    }
  }
}
