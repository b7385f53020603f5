#include "policy/detect/validators/email.hpp"

#include <algorithm>
#include <string_view>

#include "policy/base/byte_set.hpp"
#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxLocal = 64;  // RFC 5321, 4.5.3.1.1

// RFC 5321, 4.1.2: what a local part without quotes is made of.
constexpr ByteSet kLocal = alnum_and("!#$%&'*+/=?^_`{|}~-.");

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
    return false;
  return std::ranges::all_of(label, [](char c) { return is_ascii_alnum(c) || c == '-'; });
}

constexpr std::size_t kIdentifier = 16;  // hexadecimal digits that nobody calls a mailbox

// A message's own number (RFC 5322, 3.6.4), a UUID: what no person's mailbox is called.
bool is_identifier(std::string_view local) {
  if (local.size() < kIdentifier) return false;
  const auto digits = std::ranges::count_if(local, is_ascii_hex);
  return digits >= static_cast<std::ptrdiff_t>(kIdentifier) &&
         std::ranges::any_of(local, is_ascii_digit) &&
         std::ranges::all_of(local,
                             [](char c) { return is_ascii_hex(c) || c == '-' || c == '.'; }) &&
         !std::ranges::all_of(local, is_ascii_digit);
}

}  // namespace

bool is_mailbox(std::string_view local) {
  if (local.empty() || local.size() > kMaxLocal) return false;
  if (local.front() == '.' || local.back() == '.') return false;
  char before = 0;
  for (const char c : local) {
    if (!kLocal.has(c) || (c == '.' && before == '.')) return false;
    before = c;
  }
  return true;
}

bool is_mail_domain(std::string_view domain) {
  if (domain.size() > 253) return false;
  std::size_t top = 0;  // where the last label begins
  for (std::size_t at = 0; at < domain.size(); ++at) {
    if (domain[at] != '.') continue;
    if (!is_label(domain.substr(top, at - top))) return false;
    top = at + 1;
  }
  return top > 0 && catalog::is_tld(domain.substr(top));
}

bool is_shared_mailbox(std::string_view address) {
  const std::string_view local = address.substr(0, std::min(address.find('@'), kMaxLocal));
  return is_identifier(local) || catalog::is_shared_mailbox(local);
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && is_mailbox(text.substr(0, at)) &&
         is_mail_domain(text.substr(at + 1));
}

}  // namespace huxin::detect
