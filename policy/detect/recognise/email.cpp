#include "policy/detect/recognise/email.hpp"

#include "policy/base/byte_set.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/email.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxLocal = 64;
constexpr std::size_t kMaxDomain = 253;

// The rarer characters of RFC 5321 (= / & ?) surround addresses in URLs and forms more often than
// they occur in them.
constexpr ByteSet kLocal = alnum_and("._-+%");

bool is_local(char c) { return kLocal.has(c); }
bool is_domain(char c) { return is_local(c) && c != '_' && c != '+' && c != '%'; }

// …@oa.bank.internal: no sentence begins in lower case.
bool goes_on_as_domain(std::string_view text, std::size_t dot) {
  return text[dot] == '.' && dot + 1 < text.size() && is_ascii_lower(text[dot + 1]);
}

}  // namespace

std::optional<Span> recognise_email(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin <= kMaxLocal && is_local(text[begin - 1])) --begin;
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kMaxDomain && is_domain(text[end])) ++end;
  while (begin < at && !is_ascii_alnum(text[begin]) && text[begin] != '_') ++begin;
  // "…@bank.com.Please" and "a@b.com-": take labels off until the top one is a known domain.
  for (int labels = 0; labels < 4 && end > at + 1; ++labels) {
    const std::string_view address = text.substr(begin, end - begin);
    if (is_email(address)) {
      return is_shared_mailbox(address) ? std::nullopt : std::optional(Span{begin, end});
    }
    const std::size_t cut = text.substr(at, end - at).find_last_of(".-");
    if (cut == std::string_view::npos || goes_on_as_domain(text, at + cut)) break;
    end = at + cut;
  }
  return std::nullopt;
}

}  // namespace huxin::detect
