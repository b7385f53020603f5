#include "agent/extract/text/rtf_lexer.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace huxin::extract {
namespace {

constexpr std::size_t kMaxWord = 32;  // letters, by the specification

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string_view RtfLexer::take(std::size_t count) {
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(taken.size());
  return taken;
}

bool RtfLexer::next(RtfToken& token) {
  token = {};
  if (binary_ > 0) {
    token.kind = RtfToken::Kind::kBinary;
    token.text = take(std::exchange(binary_, 0));
    return true;
  }
  rest_.remove_prefix(std::min(rest_.find_first_not_of("\r\n"), rest_.size()));
  if (rest_.empty()) return false;
  switch (rest_.front()) {
    case '{':
    case '}':
      token.kind = rest_.front() == '{' ? RtfToken::Kind::kOpen : RtfToken::Kind::kClose;
      take(1);
      return true;
    case '\\':
      return read_control(token);
    default:
      token.text = take(std::min(rest_.find_first_of("{}\\\r\n"), rest_.size()));
      return true;
  }
}

bool RtfLexer::read_control(RtfToken& token) {
  take(1);
  if (rest_.empty()) return false;
  if (is_letter(rest_.front())) {
    read_word(token);
    return true;
  }
  token.kind = RtfToken::Kind::kSymbol;
  token.text = take(1);
  if (token.text == "'") {
    const std::string_view digits = take(2);
    unsigned value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    token.kind = RtfToken::Kind::kByte;
    token.byte = static_cast<unsigned char>(value);
  }
  return true;
}

void RtfLexer::read_word(RtfToken& token) {
  token.kind = RtfToken::Kind::kWord;
  const auto end = std::ranges::find_if_not(rest_.substr(0, kMaxWord), is_letter);
  token.text = take(static_cast<std::size_t>(end - rest_.begin()));
  int parameter = 0;
  const auto [behind, error] =
      std::from_chars(rest_.data(), rest_.data() + rest_.size(), parameter);
  if (error == std::errc{}) {
    token.parameter = parameter;
    take(static_cast<std::size_t>(behind - rest_.data()));
  }
  if (rest_.starts_with(' ')) take(1);
  if (token.text == "bin" && parameter > 0) binary_ = static_cast<std::size_t>(parameter);
}

}  // namespace huxin::extract
