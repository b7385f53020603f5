#include "policy/detect/recognise/email.hpp"

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/email.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxLocal = 64;
constexpr std::size_t kMaxDomain = 253;

// The rarer characters of RFC 5321 (= / & ?) surround addresses in URLs and forms more often than
// they occur in them.
bool is_local(char c) {
  return is_ascii_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

bool is_domain(char c) { return is_ascii_alnum(c) || c == '.' || c == '-'; }

}  // namespace

std::optional<Span> recognise_email(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin <= kMaxLocal && is_local(text[begin - 1])) --begin;
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kMaxDomain && is_domain(text[end])) ++end;
  while (begin < at && !is_ascii_alnum(text[begin]) && text[begin] != '_') ++begin;
  // "…@bank.com.Please" and "a@b.com-": take labels off until the top one is a known domain.
  for (int labels = 0; labels < 4 && end > at + 1; ++labels) {
    if (is_email(text.substr(begin, end - begin))) return Span{begin, end};
    const std::size_t cut = text.substr(0, end).find_last_of(".-");
    if (cut == std::string_view::npos || cut <= at) break;
    end = cut;
  }
  return std::nullopt;
}

}  // namespace huxin::detect
