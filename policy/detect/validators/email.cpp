#include "policy/detect/validators/email.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_local_part(std::string_view local) {
  static constexpr std::string_view kSpecial = "!#$%&'*+/=?^_`{|}~-.";
  if (local.empty() || local.size() > 64) return false;
  if (local.front() == '.' || local.back() == '.' || local.contains("..")) return false;
  return std::ranges::all_of(local, [](char c) { return is_alnum(c) || kSpecial.contains(c); });
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
    return false;
  return std::ranges::all_of(label, [](char c) { return is_alnum(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
  if (domain.size() > 253 || !domain.contains('.')) return false;
  std::string_view rest = domain;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    if (!is_label(rest.substr(0, dot))) return false;
    rest.remove_prefix(dot + 1);
  }
  if (!is_label(rest)) return false;
  return catalog::is_tld(rest);
}

constexpr std::size_t kIdentifier = 16;  // hexadecimal digits that nobody calls a mailbox

// A message's own number (RFC 5322, 3.6.4), a UUID: what no person's mailbox is called.
bool is_identifier(std::string_view local) {
  const auto hex = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  const auto digits = std::ranges::count_if(local, hex);
  const bool numbers = std::ranges::any_of(local, [](char c) { return c >= '0' && c <= '9'; });
  return numbers && digits >= static_cast<std::ptrdiff_t>(kIdentifier) &&
         std::ranges::all_of(local, [&](char c) { return hex(c) || c == '-' || c == '.'; }) &&
         std::ranges::any_of(local, [](char c) { return c < '0' || c > '9'; });
}

}  // namespace

bool is_shared_mailbox(std::string_view address) {
  const std::string_view local = address.substr(0, address.find('@'));
  std::string lower(local.substr(0, 64));
  std::ranges::transform(lower, lower.begin(), ascii_lower);
  return is_identifier(local) || catalog::is_shared_mailbox(lower);
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && is_local_part(text.substr(0, at)) &&
         is_domain(text.substr(at + 1));
}

}  // namespace huxin::detect
