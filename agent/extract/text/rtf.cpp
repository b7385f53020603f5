#include <map>
#include <vector>

#include <fmt/format.h>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/text/rtf_lexer.hpp"
#include "agent/extract/text/rtf_objects.hpp"
#include "agent/extract/text/rtf_words.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {
namespace {

constexpr std::size_t kMaxDepth = 4096;  // of groups that keep what they change to themselves
constexpr std::size_t kMaxFonts = 4096;
constexpr std::size_t kMaxParagraph = std::size_t{1} << 20U;

text::Encoding encoding_of_code_page(int page) {
  if (page == 936 || page == 54936) return text::Encoding::kGb18030;
  return page == 950 ? text::Encoding::kBig5 : text::Encoding::kLatin1;
}

/// What a group may change, and what its end gives back.
struct State {
  bool skipped = false;
  bool object = false;
  bool aside = false;  ///< begins here
  bool font_table = false;
  int fallback = 1;  ///< characters behind \u that stand in for it
  int font = -1;
};

/// The text around something that stands apart, while that is read.
struct Outer {
  std::string pending;
  std::string_view group;  ///< of what stands apart
};

class RtfReader {
 public:
  RtfReader(const std::string& where, Extraction& extraction)
      : where_(where),
        writer_(where, extraction),
        beside_(where, extraction),
        extraction_(extraction) {}

  void read(std::string_view content) {
    RtfLexer lexer(content);
    RtfToken token;
    while (!extraction_.stopped() && lexer.next(token)) take(token);
    if (depth_ != 0) extraction_.lose("corrupt");
    while (states_.size() > 1) close();
    end_paragraph();
    end_table();
    writer_.flush();
    beside_.flush();
    read_rtf_objects(objects_, where_, extraction_);
  }

 private:
  void take(const RtfToken& token) {
    using enum RtfToken::Kind;
    switch (token.kind) {
      case kOpen:
        return open();
      case kClose:
        return close();
      case kWord:
        return word(token);
      case kSymbol:
        return symbol(token.text);
      case kByte:
        return bytes({reinterpret_cast<const char*>(&token.byte), 1});
      case kText:
        return bytes(token.text);
      case kBinary:
        return;
    }
  }

  State& state() { return states_.back(); }

  void open() {
    flush_bytes();
    ++depth_;
    unless_known_ = false;
    to_drop_ = 0;
    if (states_.size() >= kMaxDepth) return;
    const State outer = state();
    states_.push_back(outer);
    state().aside = false;
  }

  void close() {
    flush_bytes();
    to_drop_ = 0;
    if (depth_ > 0) --depth_;
    if (states_.size() <= depth_ + 1) return;  // a group of its own no longer, or one too many
    if (state().aside) end_aside();
    states_.pop_back();
  }

  void begin_aside(std::string_view group) {
    outer_.push_back({std::exchange(pending_, {}), group});
    state().aside = true;
  }
  void end_aside() {
    beside_.group(outer_.back().group);
    if (!pending_.empty()) beside_.paragraph(pending_);
    pending_ = std::move(outer_.back().pending);
    outer_.pop_back();
  }

  void word(const RtfToken& token) {
    const RtfWord word = rtf_word(token.text);
    const bool unless_known = std::exchange(unless_known_, false);
    if (unless_known && word.action == RtfAction::kNone) state().skipped = true;
    if (word.action != RtfAction::kNone) flush_bytes();
    act(word, token.parameter.value_or(1));
  }

  void act(const RtfWord& word, int parameter) {
    using enum RtfAction;
    switch (word.action) {
      case kNone:
      case kShown:
        return;
      case kBreak:
        return line_break();
      case kCharacter:
        return text(word.text);
      case kCell:
        return end_cell();
      case kRow:
        return end_row();
      case kTableText:
        in_table_ = true;
        return;
      case kPlainText:
        in_table_ = false;
        return;
      case kUnicode:
        return unicode(parameter);
      case kFallback:
        state().fallback = std::clamp(parameter, 0, 16);
        return;
      case kFont:
        state().font = parameter;
        return;
      case kCharset:
        if (state().font_table && charsets_.size() < kMaxFonts) charsets_[state().font] = parameter;
        return;
      case kCodePage:
        code_page_ = encoding_of_code_page(parameter);
        return;
      case kFontTable:
        state().font_table = state().skipped = true;
        return;
      case kSkipped:
        state().skipped = true;
        return;
      case kAside:
        if (!state().skipped && !state().aside) begin_aside(word.text);
        return;
      case kObject:
        begin_object();
        return;
      case kHtmlRegion:
        state().skipped = parameter != 0;
        return;
    }
  }

  void begin_object() {
    state().object = true;
    objects_.emplace_back();
  }

  void symbol(std::string_view symbol) {
    if (symbol == "*") {
      unless_known_ = true;
    } else if (symbol == "~") {
      bytes(" ");
    } else if (symbol == "_") {
      bytes("-");
    } else if (symbol == "\\" || symbol == "{" || symbol == "}") {
      bytes(symbol);
    } else if (symbol == "\n" || symbol == "\r") {
      flush_bytes();
      line_break();
    }
  }

  void bytes(std::string_view bytes) {
    const std::size_t dropped = std::min(bytes.size(), to_drop_);
    to_drop_ -= dropped;
    bytes.remove_prefix(dropped);
    if (state().object && !objects_.empty()) {
      objects_.back() += bytes;
    } else if (!state().skipped) {
      bytes_ += bytes;
      if (bytes_.size() >= kMaxParagraph) flush_bytes();
    }
  }

  void unicode(int code) {
    to_drop_ = static_cast<std::size_t>(state().fallback);
    if (state().skipped) return;
    const auto unit = static_cast<std::uint32_t>(static_cast<std::uint16_t>(code));
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      if (high_ != 0)
        text::append_utf8(pending_, 0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00));
      high_ = 0;
    } else {
      text::append_utf8(pending_, unit);
    }
  }

  void text(std::string_view text) {
    if (!state().skipped) pending_ += text;
  }

  /// Bytes are decoded together: the second byte of a character may be written as a letter.
  void flush_bytes() {
    if (bytes_.empty()) return;
    pending_ += text::decode(std::exchange(bytes_, {}), encoding()).text;
    if (pending_.size() >= kMaxParagraph) end_paragraph();
  }

  text::Encoding encoding() {
    constexpr int kGb2312 = 134, kChineseBig5 = 136;
    const auto charset = charsets_.find(state().font);
    if (charset == charsets_.end()) return code_page_;
    if (charset->second == kGb2312) return text::Encoding::kGb18030;
    return charset->second == kChineseBig5 ? text::Encoding::kBig5 : code_page_;
  }

  void line_break() {
    if (state().skipped) return;
    if (!outer_.empty() || in_table_) {
      if (!pending_.empty()) pending_.push_back('\n');
    } else {
      end_paragraph();
    }
  }

  void end_paragraph() {
    if (pending_.empty()) return;
    end_table();
    writer_.paragraph(std::exchange(pending_, {}));
  }

  void end_cell() {
    if (state().skipped || !outer_.empty()) return;
    if (!in_rows_) writer_.group(fmt::format("table{}", ++tables_));
    in_rows_ = true;
    if (pending_.ends_with('\n')) pending_.pop_back();
    writer_.cell(row_, column_++, std::exchange(pending_, {}));
  }

  void end_row() {
    if (state().skipped) return;
    ++row_;
    column_ = 0;
  }

  void end_table() {
    if (in_rows_) {
      writer_.end_table();
      writer_.group("");
    }
    in_rows_ = false;
    row_ = column_ = 0;
  }

  const std::string& where_;
  DocumentWriter writer_, beside_;
  Extraction& extraction_;
  std::vector<State> states_{State{}};
  std::size_t depth_ = 0;
  std::map<int, int> charsets_;  ///< of fonts by their number
  text::Encoding code_page_ = text::Encoding::kLatin1;
  std::string bytes_, pending_;
  std::vector<Outer> outer_;
  std::vector<std::string> objects_;
  std::size_t to_drop_ = 0;
  std::uint32_t high_ = 0;  ///< surrogate that waits for its second half
  bool unless_known_ = false, in_table_ = false, in_rows_ = false;
  std::uint32_t row_ = 0, column_ = 0;
  unsigned tables_ = 0;
};

}  // namespace

void read_rtf(ByteView content, const std::string& where, Extraction& extraction) {
  RtfReader(where, extraction).read(as_text(content));
}

}  // namespace huxin::extract
