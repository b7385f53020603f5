#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace huxin::catalog {

// Facts about Chinese names, as evidence in bits: log2 of how much likelier a character or word is
// in a name than in running text. Evidence adds up. Sources stand in data/. Each look-up takes some
// nanoseconds; texts are UTF-8.

/// Finds the surname at the start of a name, compound ones first: its length in bytes, 0 when there
/// is none. Up to four Han characters of three bytes; a longer one wins.
std::size_t surname_prefix(std::string_view utf8);

/// Says whether a name without middle dots may begin so: with a surname or an element of a name.
bool begins_name(std::string_view utf8);

/// Evidence of a whole surname standing first; 0 when it is none.
int surname_bits(std::string_view surname);

/// Where a character stands in a given name.
enum class GivenPlace : std::uint8_t { kFirst, kSecond, kAlone };

/// Evidence of one character in a given name, -9 to 9. A character that the table does not have is
/// hardly in running text at all, and speaks for a name.
int given_name_bits(std::string_view character, GivenPlace place);

/// Evidence against a name: how much commoner a word that it is or begins with is than the word's
/// characters side by side; 0 where there is none. Only words that begin with a surname are known.
int leading_word_bits(std::string_view utf8);

/// Says whether a text is made of elements of Tibetan, Mongolian or Turkic names alone: 扎西卓玛,
/// 巴特尔.
bool is_made_of_name_elements(std::string_view utf8);

/// Says whether a text of Han ends as no name does: 张三商行, 萧红著.
bool ends_unlike_name(std::string_view utf8);

/// What stands right behind a name: 张三先生, 张三办理.
struct NameFollower {
  std::size_t bytes = 0;  ///< 0: nothing of the kind
  int bits = 0;           ///< how much it speaks for the name before it
  bool in_names = false;  ///< names end in it too: 周明和李芳, but 李永和
};

/// Finds what a text starts with that stands behind names; the longest of them.
NameFollower name_follower(std::string_view utf8);

}  // namespace huxin::catalog
