#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

// What stands between a label's keyword and its mark and belongs to the label: 护照编号（必填）：,
// Passport No.*:, 手机2:, IMEI #. Offsets are bytes of the normalised text.

/// The words that make a label of what is numbered: 号码, 编号, no, number… In lower case. They say
/// nothing by themselves.
std::span<const std::string_view> number_words();
bool is_number_word(std::string_view word);
/// Words that stand behind any label: 如下, is… In lower case.
std::span<const std::string_view> filler_words();
/// Words between a label and 为 that say what its value was changed to: 户名已变更为张伟.
inline constexpr std::string_view kChangeWords[] = {
    "已改",   "变更", "已变更", "更改", "已更改", "修改", "已修改", "更新",
    "已更新", "更正", "已更正", "重置", "已重置", "重设", "设置",   "已设",
    "设",     "變更", "已變更", "重設", "設置",   "已設", "設"};

/// Where the tail ends that begins at `at`, behind a keyword: number words, a number of the label's
/// own, stars, and notes in brackets before a colon or an equals sign. `at` where there is none.
/// `text` ends where the label's line, or its reach, does.
std::size_t behind_label_tail(std::string_view text, std::size_t at);

/// Where a note in brackets ends that begins at `at`, spaces before it allowed; `at` where none
/// does.
std::size_t behind_note(std::string_view text, std::size_t at);

/// A note in brackets that ends at `end`: what its brackets hold; and where it begins. At most 40
/// bytes.
struct Note {
  Span inside;
  std::size_t begin = 0;
};
std::optional<Note> note_before(std::string_view text, std::size_t end);

/// Goes back over what stands between a label's word and its mark: spaces, quotes, stars, full
/// stops and '#'. At most 12 bytes; `end` where there is none.
std::size_t before_label_marks(std::string_view text, std::size_t end);
/// The same over one or two digits behind a letter: 手机2.
std::size_t before_ordinal(std::string_view text, std::size_t end);

}  // namespace huxin::detect
