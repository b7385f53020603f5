#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace huxin::detect {

/// Bytes of the middle dot that parts of a name stand between, when a text starts with one: U+00B7,
/// and what is typed for it (• ‧ ・ and the full stop); 0 when it does not.
std::size_t middle_dot_at(std::string_view utf8);

/// What person_name_bits gives for text that has not the form of a name at all.
inline constexpr int kNoName = -99;

/// Weighs Han text as a whole: the evidence, in bits, that it is somebody's name and no other text
/// of its form: 0 is even, +10 a thousand to one, before anything is known of where it stands. The
/// forms are a listed surname (compound ones too) and one to three more characters; a middle dot
/// between parts, as in 阿卜杜拉·买买提, up to sixteen characters; names of Tibetan, Mongolian and
/// Turkic elements; any of them as spaced_name() has it. What ends like an organisation is none.
/// About 100 ns.
int person_name_bits(std::string_view utf8);

/// Bytes of a name whose characters stand apart, when a text starts with one: 张 伟, 周  海  燕,
/// 欧阳 明珠, as forms and lists line names up. Blanks stand between (U+0020, U+3000; twelve bytes
/// at most), no more than before the character before. It ends before 男, 女, 与 and words that
/// go on behind names; five characters apart are none. 0: it starts with none. What it weighs is
/// not asked.
std::size_t spaced_name(std::string_view utf8);

/// Says whether blanks of that sort stand in a name.
bool has_blanks(std::string_view name);

/// A name without them.
std::string without_blanks(std::string_view name);

/// The evidence a place asks for: beside a colon of a label, or in a column of names, nearly
/// anything of a name's form is one; beside an identity number likely ones; in running text, only
/// what is hardly anything else.
inline constexpr int kBitsUnderLabel = -8;
inline constexpr int kBitsBesideElement = 1;
inline constexpr int kBitsAlone = 6;

/// Says whether text is a name where a label says so.
inline bool is_person_name(std::string_view utf8) {
  return person_name_bits(utf8) >= kBitsUnderLabel;
}

/// Says whether text is a name strong enough for a place beside another element.
inline bool is_common_person_name(std::string_view utf8) {
  return person_name_bits(utf8) >= kBitsBesideElement;
}

}  // namespace huxin::detect
