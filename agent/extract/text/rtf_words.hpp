#pragma once
#include <cstdint>
#include <string_view>

namespace huxin::extract {

/// What a control word means to somebody who wants the text alone.
enum class RtfAction : std::uint8_t {
  kNone,       ///< looks, and whatever is not known
  kBreak,      ///< a line or paragraph ends
  kCharacter,  ///< stands for a character
  kCell,
  kRow,
  kTableText,   ///< \intbl
  kPlainText,   ///< \pard
  kUnicode,     ///< \u
  kFallback,    ///< \uc: how many characters stand in for one \u
  kFont,        ///< \f
  kCharset,     ///< \fcharset
  kCodePage,    ///< \ansicpg
  kFontTable,   ///< a group …
  kSkipped,     ///< … whose text is none of the document
  kAside,       ///< … that stands apart from the text around it: a footnote, a header
  kObject,      ///< … of hexadecimal digits: an embedded object
  kShown,       ///< … that is read although a reader that does not know it may pass it over
  kHtmlRegion,  ///< \htmlrtf: looks of a mail that was HTML ([MS-OXRTFEX] 2.1.3.1.3)
};

struct RtfWord {
  std::string_view name;
  RtfAction action = RtfAction::kNone;
  std::string_view text = {};  ///< of kCharacter, in UTF-8; of kAside, where that stands
};

/// Looks a control word up; kNone for what is not in the table.
RtfWord rtf_word(std::string_view name);

}  // namespace huxin::extract
