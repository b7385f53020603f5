#include "policy/text/utf8.hpp"

#include <algorithm>
#include <array>

#include <simdjson.h>

namespace huxin::text {
namespace {

bool continues(unsigned char byte) { return (byte & 0xC0U) == 0x80; }

/// RFC 3629, 4: which second bytes a lead byte allows.
bool second_byte_fits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return continues(second);
  }
}

/// Length of the character at `data`, of which `left` bytes exist; 0 when it is not valid.
std::size_t character_length(const unsigned char* data, std::size_t left) {
  const unsigned char lead = data[0];
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : (lead & 0xF0U) == 0xE0       ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0 || left < length || !second_byte_fits(lead, data[1])) return 0;
  if (length >= 3 && !continues(data[2])) return 0;
  if (length == 4 && !continues(data[3])) return 0;
  return length;
}

}  // namespace

// The library says whether a text is valid, and not where it breaks: strides grow, so that a break
// costs no more to find than the text before it cost to pass.
std::size_t valid_utf8_prefix(std::string_view bytes) {
  constexpr std::size_t kLongestStride = std::size_t{64} << 10U;
  constexpr std::size_t kFew = 16;  // bytes: between broken ones, most stretches are no longer
  std::size_t at = 0;
  while (at < kFew) {
    const std::size_t length = utf8_length(bytes, at);
    if (length == 0) return at;
    at += length;
  }
  for (std::size_t stride = 64; at < bytes.size(); stride = std::min(2 * stride, kLongestStride)) {
    const std::string_view part = cut_utf8(bytes.substr(at), stride);
    if (!simdjson::validate_utf8(part.data(), part.size())) break;
    at += part.size();
  }
  while (const std::size_t length = utf8_length(bytes, at)) at += length;
  return at;
}

std::size_t utf8_length(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size()) return 0;
  return character_length(reinterpret_cast<const unsigned char*>(bytes.data()) + at,
                          bytes.size() - at);
}

std::string_view cut_utf8(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  const std::size_t least = most - std::min(most, kLongestUtf8 - 1);  // bytes that are no text
  while (end > least && continues(static_cast<unsigned char>(text[end]))) --end;
  return text.substr(0, continues(static_cast<unsigned char>(text[end])) ? most : end);
}

std::size_t write_utf8(char* out, char32_t code) {
  const auto tail = [](char32_t bits) { return static_cast<char>(0x80U | (bits & 0x3FU)); };
  if (code < 0x80) {
    out[0] = static_cast<char>(code);
    return 1;
  }
  if (code < 0x800) {
    out[0] = static_cast<char>(0xC0U | (code >> 6U));
    out[1] = tail(code);
    return 2;
  }
  if (code < 0x10000) {
    out[0] = static_cast<char>(0xE0U | (code >> 12U));
    out[1] = tail(code >> 6U);
    out[2] = tail(code);
    return 3;
  }
  out[0] = static_cast<char>(0xF0U | (code >> 18U));
  out[1] = tail(code >> 12U);
  out[2] = tail(code >> 6U);
  out[3] = tail(code);
  return 4;
}

std::size_t append_utf8(std::string& text, char32_t code) {
  std::array<char, kLongestUtf8> bytes{};
  const std::size_t length = write_utf8(bytes.data(), code);
  text.append(bytes.data(), length);
  return length;
}

}  // namespace huxin::text
