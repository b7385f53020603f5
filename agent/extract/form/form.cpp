#include "agent/extract/form/form.hpp"

#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/text/words.hpp"

namespace huxin::extract {

namespace {

bool in_form(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("-._~*+%&=[]!'()$,;:@/?").contains(c);
}

std::uint8_t nibble(char c) {
  if (c <= '9') return static_cast<std::uint8_t>(c - '0');
  return static_cast<std::uint8_t>((c | 0x20) - 'a' + 10);
}

}  // namespace

bool looks_like_form(std::string_view head) {
  while (head.ends_with('\n') || head.ends_with('\r')) head.remove_suffix(1);
  const std::size_t equals = head.find('=');
  const std::size_t ampersand = head.find('&');
  if (equals == std::string_view::npos || equals == 0 || equals > ampersand) return false;
  if (!std::ranges::all_of(head, in_form)) return false;
  if (ampersand != std::string_view::npos) return true;
  const std::string_view value = head.substr(equals + 1);
  const std::size_t percent = value.find('%');
  return percent < value.size() && percent + 2 < value.size() && is_hex_digit(value[percent + 1]) &&
         is_hex_digit(value[percent + 2]);
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) &&
        is_hex_digit(text[i + 2])) {
      out.push_back(static_cast<char>((nibble(text[i + 1]) << 4U) | nibble(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

void read_form(ByteView content, const std::string& where, Extraction& extraction) {
  DocumentWriter writer(where, extraction);
  std::string_view rest = as_text(content);
  while (!rest.empty() && !extraction.stopped()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string key = words_utf8(percent_decoded(pair.substr(0, equals)));
    const std::string value =
        words_utf8(percent_decoded(pair.substr(std::min(pair.size(), equals + 1))));
    if (value.empty()) continue;
    writer.group(key);
    writer.paragraph(key + ": " + value);
  }
  writer.flush();
}

}  // namespace huxin::extract
