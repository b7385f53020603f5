#include "agent/extract/text/rtf_words.hpp"

#include <algorithm>

namespace huxin::extract {
namespace {

using enum RtfAction;

// Sorted by name.
constexpr RtfWord kWords[] = {
    {"annotation", kAside, "comments"},
    {"ansicpg", kCodePage},
    {"atnauthor", kSkipped},
    {"atnid", kSkipped},
    {"author", kSkipped},
    {"bullet", kCharacter, "•"},
    {"buptim", kSkipped},
    {"category", kAside, "properties"},
    {"cell", kCell},
    {"colortbl", kSkipped},
    {"company", kSkipped},
    {"creatim", kSkipped},
    {"datastore", kSkipped},
    {"deff", kFont},
    {"doccomm", kAside, "properties"},
    {"emdash", kCharacter, "—"},
    {"emspace", kCharacter, " "},
    {"endash", kCharacter, "–"},
    {"enspace", kCharacter, " "},
    {"f", kFont},
    {"fcharset", kCharset},
    {"filetbl", kSkipped},
    {"fldinst", kShown},
    {"fonttbl", kFontTable},
    {"footer", kAside, "footer"},
    {"footerf", kAside, "footer"},
    {"footerl", kAside, "footer"},
    {"footerr", kAside, "footer"},
    {"footnote", kAside, "notes"},
    {"generator", kSkipped},
    {"header", kAside, "header"},
    {"headerf", kAside, "header"},
    {"headerl", kAside, "header"},
    {"headerr", kAside, "header"},
    {"htmlrtf", kHtmlRegion},
    {"intbl", kTableText},
    {"keywords", kAside, "properties"},
    {"latentstyles", kSkipped},
    {"ldblquote", kCharacter, "“"},
    {"line", kBreak},
    {"listoverridetable", kSkipped},
    {"listtable", kSkipped},
    {"lquote", kCharacter, "‘"},
    {"nestcell", kCell},
    {"nestrow", kRow},
    {"nonesttables", kSkipped},
    {"objclass", kSkipped},
    {"objdata", kObject},
    {"operator", kSkipped},
    {"page", kBreak},
    {"par", kBreak},
    {"pard", kPlainText},
    {"pict", kSkipped},
    {"printim", kSkipped},
    {"propname", kShown},
    {"qmspace", kCharacter, " "},
    {"rdblquote", kCharacter, "”"},
    {"revtbl", kSkipped},
    {"revtim", kSkipped},
    {"row", kRow},
    {"rquote", kCharacter, "’"},
    {"rsidtbl", kSkipped},
    {"sect", kBreak},
    {"shpinst", kShown},
    {"shptxt", kAside, "boxes"},
    {"sp", kSkipped},
    {"staticval", kCharacter, ": "},
    {"stylesheet", kSkipped},
    {"subject", kAside, "properties"},
    {"tab", kCharacter, "\t"},
    {"themedata", kSkipped},
    {"title", kAside, "properties"},
    {"u", kUnicode},
    {"uc", kFallback},
    {"ud", kShown},
    {"upr", kSkipped},
    {"userprops", kAside, "properties"},
    {"xmlnstbl", kSkipped},
};
static_assert(std::ranges::is_sorted(kWords, {}, &RtfWord::name));

}  // namespace

RtfWord rtf_word(std::string_view name) {
  const auto found = std::ranges::lower_bound(kWords, name, {}, &RtfWord::name);
  return found != std::ranges::end(kWords) && found->name == name ? *found : RtfWord{name};
}

}  // namespace huxin::extract
