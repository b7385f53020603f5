#include "agent/extract/mail/charset.hpp"
#include "agent/extract/mail/header.hpp"
#include "agent/extract/mail/transfer_encoding.hpp"
#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::size_t kLongestCharset = 64;

/// "=?charset?B?text?=", the charset with a language behind a "*" (RFC 2231, 5).
struct EncodedWord {
  std::string_view charset, text;
  bool base64 = false;
  std::size_t length = 0;
};

/// RFC 2047 wants words of 75 bytes and no blanks in them; both are broken by programs in use.
std::optional<EncodedWord> word_at(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const std::size_t mark = text.substr(0, kLongestCharset).find('?', 2);
  if (mark == kNone || mark + 2 >= text.size() || text[mark + 2] != '?') return std::nullopt;
  const char kind = static_cast<char>(text[mark + 1] | 0x20);
  const std::size_t begin = mark + 3;
  // A "?" in the text of a word is written as an escape, so the next one ends it.
  const std::size_t end = text.find('?', begin);
  if ((kind != 'b' && kind != 'q') || end == kNone || !text.substr(end).starts_with("?="))
    return std::nullopt;
  std::string_view charset = text.substr(2, mark - 2);
  charset = charset.substr(0, charset.find('*'));
  return EncodedWord{charset, text.substr(begin, end - begin), kind == 'b', end + 2};
}

/// Gathers a field's text: bytes of one charset as long as it is the same one.
class FieldText {
 public:
  void plain(std::string_view bytes) {
    if (!charset_.empty()) flush();
    pending_ += bytes;
  }

  void word(const EncodedWord& word) {
    if (charset_.empty() || !same_name(charset_, word.charset)) flush();
    charset_ = word.charset;
    if (word.base64) {
      Base64Decoder().append(word.text, pending_);
    } else {
      append_quoted_printable(word.text, true, pending_);
    }
  }

  std::string take() {
    flush();
    return std::move(text_);
  }

 private:
  void flush() {
    text_ += words_utf8(pending_, charset_);
    pending_.clear();
    charset_ = {};
  }

  std::string text_, pending_;
  std::string_view charset_;  ///< empty: no encoded word
};

std::string unfolded(std::string_view body) {
  std::string line(body);
  std::erase_if(line, [](char c) { return c == '\r' || c == '\n'; });
  const std::size_t first = line.find_first_not_of(" \t");
  return first == kNone ? std::string() : line.substr(first);
}

}  // namespace

std::string decode_field(std::string_view body) {
  const std::string line = unfolded(body);
  FieldText text;
  bool after_word = false;
  for (std::string_view rest = line; !rest.empty();) {
    const std::size_t begin = std::min(rest.find("=?"), rest.size());
    const std::string_view before = rest.substr(0, begin);
    rest.remove_prefix(begin);
    const auto word = word_at(rest);
    // Blanks between two encoded words are no text.
    const bool between = word && after_word && before.find_first_not_of(" \t") == kNone;
    if (!between && !before.empty()) text.plain(before);
    if (word) {
      text.word(*word);
    } else {
      text.plain(rest.substr(0, 2));
    }
    rest.remove_prefix(word ? word->length : std::min<std::size_t>(rest.size(), 2));
    after_word = word.has_value();
  }
  return text.take();
}

}  // namespace huxin::extract
