#include "agent/session/latin1.hpp"

namespace huxin::session {

std::string from_latin1(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xC0U | (code >> 6U));
      text += static_cast<char>(0x80U | (code & 0x3FU));
    }
  }
  return text;
}

std::string to_latin1(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if ((lead & 0xC0U) == 0x80U) continue;  // the rest of a character already answered for
    const bool two = (lead == 0xC2 || lead == 0xC3) && i + 1 < text.size();
    if (lead < 0x80) {
      bytes += text[i];
    } else if (two) {
      bytes += static_cast<char>(((lead & 0x03U) << 6U) |
                                 (static_cast<unsigned char>(text[i + 1]) & 0x3FU));
    } else {
      bytes += '?';
    }
  }
  return bytes;
}

}  // namespace huxin::session
