#include "policy/detect/recognise/biometrics.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLeastTemplate = 64;  // characters behind a header that tells
constexpr std::size_t kLeastData = 1024;    // characters without one
constexpr std::size_t kFullLine = 60;       // characters; shorter lines end the data
constexpr std::size_t kMaxUriHead = 64;

// A record's format identifier, the last byte 0, and the first of its version, '0' or ' ': "FMR\0"
// and the like in Base64, and in hexadecimal of either case.
constexpr auto kHeaders = std::to_array<std::string_view>(
    {"Rk1SAC", "Rk1SAD", "RklSAC", "RklSAD", "RkFDAC", "RkFDAD", "SUlSAC", "SUlSAD", "464D5200",
     "464d5200", "46495200", "46414300", "49495200"});

bool is_base64(char c) { return is_ascii_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_'; }

// data:image/jpeg;base64,
std::size_t skip_uri_head(std::string_view text, std::size_t at) {
  const std::string_view head = text.substr(at, kMaxUriHead);
  constexpr std::string_view kMark = ";base64,";
  const std::size_t mark = head.starts_with("data:") ? head.find(kMark) : std::string_view::npos;
  return mark == std::string_view::npos ? at : at + mark + kMark.size();
}

// Full lines of Base64 are joined by one line end each, as MIME breaks them (RFC 2045, 6.8).
std::size_t data_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t line = at; end < text.size();) {
    std::size_t next = end;
    if (text[next] == '\r') ++next;
    if (next < text.size() && text[next] == '\n') ++next;
    if (next >= text.size() || !is_base64(text[next])) break;
    if (next > end && end - line < kFullLine) break;
    if (next > end) line = next;
    end = next + 1;
  }
  while (end < text.size() && text[end] == '=') ++end;
  return end;
}

}  // namespace

std::optional<Span> biometric_template(std::string_view text, std::size_t at) {
  const std::size_t begin = skip_uri_head(text, at);
  const std::string_view head = text.substr(begin, 8);
  const bool told =
      std::ranges::any_of(kHeaders, [&](std::string_view mark) { return head.starts_with(mark); });
  const std::size_t end = data_end(text, begin);
  if (end - begin < (told ? kLeastTemplate : kLeastData)) return std::nullopt;
  return Span{at, end};
}

}  // namespace huxin::detect
