#pragma once
#include <cstdint>
#include <string_view>

namespace huxin::catalog {

/// What a form asks of a person beside name and number.
enum class Trait : std::uint8_t { kNone, kPeople, kMaritalStatus, kEducation, kOccupation };

/// A listed value at the begin of a text: 汉族, 已婚, 大学本科, 公务员. `bytes` is 0 for none.
struct TraitValue {
  Trait trait = Trait::kNone;
  std::size_t bytes = 0;
};
/// Finds the longest listed value that the text begins with.
TraitValue trait_prefix(std::string_view utf8);

/// Says whether a word is made of syllables of Standard Chinese, as names are spelt: zhang,
/// sanfeng, xi'an is two words. ASCII letters of either case, at most 32; linear in their number.
bool is_pinyin(std::string_view word);

/// Says whether letters in lower case, without spaces, are a place whose name reads like a
/// person's: hongkong.
bool is_latin_place(std::string_view letters);
/// Says whether they are a word of English or a label in pinyin that reads so: mobile, xingming.
bool is_pinyin_alike(std::string_view letters);

/// Length in bytes of the longest listed ending of an organisation's name that the text ends with
/// (有限公司, 医院, 大学); 0 for none.
std::size_t organisation_suffix(std::string_view utf8);

}  // namespace huxin::catalog
