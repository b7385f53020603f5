#include <charconv>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/markup/markup.hpp"
#include "agent/extract/text/whole_text.hpp"
#include "agent/extract/windows.hpp"

namespace huxin::extract {

namespace {

constexpr std::uint32_t kMaxSpan = 1000;  // what HTML allows for colspan

/// Elements whose start and end break a line.
constexpr std::array<std::string_view, 24> kBlocks = {
    "p",  "div", "br",  "li",      "ul",      "ol",     "h1",     "h2",
    "h3", "h4",  "h5",  "h6",      "title",   "body",   "hr",     "option",
    "dt", "dd",  "pre", "section", "article", "header", "footer", "form"};
/// Attributes that people see or forms send.
constexpr std::array<std::string_view, 5> kShown = {"value", "alt", "title", "placeholder",
                                                    "content"};

bool is_block(std::string_view name) {
  return std::ranges::any_of(kBlocks,
                             [&](std::string_view block) { return same_name(block, name); });
}

/// Walks the tags of a page. Of nested tables the innermost wins: a page laid out in a table still
/// gives its data tables as tables.
class HtmlReader {
 public:
  HtmlReader(const std::string& where, Extraction& extraction)
      : writer_(where, extraction), extraction_(extraction) {}

  void read(std::string_view page) {
    Markup markup(page);
    Token token;
    while (!extraction_.stopped() && markup.next(token)) {
      if (token.kind == Token::Kind::kText) {
        add_text(token);
        continue;
      }
      tag(token);
      const bool raw = same_name(token.name, "script") || same_name(token.name, "style");
      if (raw && token.kind == Token::Kind::kOpen) markup.skip_raw(token.name);
    }
    end_block();
    writer_.flush();
    if (markup.truncated()) extraction_.lose("corrupt");
  }

 private:
  void tag(const Token& token) {
    const bool opens = token.kind == Token::Kind::kOpen;
    if (same_name(token.name, "table")) {
      end_block();
      writer_.end_table();
      in_cell_ = false;
      if (opens) row_ = 0;
      writer_.group(opens ? fmt::format("table{}", ++tables_) : std::string());
    } else if (same_name(token.name, "tr")) {
      end_block();
      if (opens) ++row_;
      column_ = 0;
      in_cell_ = false;
    } else if (same_name(token.name, "td") || same_name(token.name, "th")) {
      end_block();
      if (in_cell_) column_ += span_;
      in_cell_ = opens;
      span_ = opens ? span_of(token.attributes) : 1;
    } else if (is_block(token.name)) {
      in_cell_ ? pending_.push_back(' ') : end_block();
    }
    if (opens) add_attributes(token.attributes);
  }

  static std::uint32_t span_of(std::string_view attributes) {
    std::uint32_t span = 1;
    if (const auto text = attribute(attributes, "colspan"))
      std::from_chars(text->data(), text->data() + text->size(), span);
    return std::clamp(span, 1U, kMaxSpan);
  }

  void add_text(const Token& token) {
    append_text(pending_, token);
    if (pending_.size() >= kWindow) end_block();
  }

  void add_attributes(std::string_view attributes) {
    if (attributes.empty()) return;
    for (const std::string_view name : kShown) {
      if (const auto value = attribute(attributes, name); value && !value->empty()) {
        pending_.push_back(' ');
        append_decoded(pending_, *value);
        pending_.push_back(' ');
      }
    }
  }

  /// Hands on the text gathered, blanks joined as a browser joins them.
  void end_block() {
    std::string joined;
    for (const char c : pending_) {
      const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
      if (!blank) {
        joined.push_back(c);
      } else if (!joined.empty() && joined.back() != ' ') {
        joined.push_back(' ');
      }
    }
    pending_.clear();
    if (!joined.empty() && joined.back() == ' ') joined.pop_back();
    if (in_cell_) {
      writer_.cell(row_ == 0 ? 0 : row_ - 1, column_, joined);
    } else {
      writer_.paragraph(joined);
    }
  }

  DocumentWriter writer_;
  Extraction& extraction_;
  std::string pending_;
  bool in_cell_ = false;
  unsigned tables_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::uint32_t span_ = 1;
};

}  // namespace

void read_html(ByteView content, text::Encoding encoding, const std::string& where,
               Extraction& extraction) {
  const WholeText page(content, encoding);
  HtmlReader(where, extraction).read(page.text());
}

}  // namespace huxin::extract
