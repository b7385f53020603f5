#include "policy/detect/recognise/email.hpp"

#include <algorithm>

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
constexpr ByteSet kDomain = alnum_and(".-");

// …@oa.bank.internal: no sentence begins in lower case.
bool goes_on_as_domain(std::string_view text, std::size_t dot) {
  return text[dot] == '.' && dot + 1 < text.size() && is_ascii_lower(text[dot + 1]);
}

}  // namespace

std::optional<Span> recognise_email(std::string_view text, std::size_t at) {
  const std::size_t low = at - std::min(at, kMaxLocal + 1);
  std::size_t begin = at;
  while (begin > low && kLocal.has(text[begin - 1])) --begin;
  const std::size_t high = at + 1 + text.substr(at + 1, kMaxDomain).size();
  std::size_t end = at + 1;
  while (end < high && kDomain.has(text[end])) ++end;
  while (begin < at && !is_ascii_alnum(text[begin]) && text[begin] != '_') ++begin;
  if (!is_mailbox(text.substr(begin, at - begin))) return std::nullopt;
  // "…@bank.com.Please" and "a@b.com-": take labels off until the top one is a known domain.
  for (int labels = 0; labels < 4 && end > at + 1; ++labels) {
    if (is_mail_domain(text.substr(at + 1, end - at - 1))) {
      const bool shared = is_shared_mailbox(text.substr(begin, end - begin));
      return shared ? std::nullopt : std::optional(Span{begin, end});
    }
    const std::size_t cut = text.substr(at, end - at).find_last_of(".-");
    if (cut == std::string_view::npos || goes_on_as_domain(text, at + cut)) break;
    end = at + cut;
  }
  return std::nullopt;
}

}  // namespace huxin::detect
