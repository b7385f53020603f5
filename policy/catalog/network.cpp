#include "policy/catalog/network.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <span>

namespace huxin::catalog {
namespace {

struct Domain {
  std::string_view label;
};
constexpr Domain kDomains[] = {
#include "policy/catalog/tlds.inc"
};

struct Mailbox {
  std::string_view local;
  std::string_view what;
};
constexpr Mailbox kSharedMailboxes[] = {
#include "policy/catalog/shared_mailboxes.inc"
};

constexpr std::size_t kLongestLabel = 63;  // RFC 1035, 2.3.4

constexpr bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr std::size_t pair_of(std::string_view label) {
  return static_cast<std::size_t>(label[0] - 'a') * 26 + static_cast<std::size_t>(label[1] - 'a');
}

// Where the domains begin that start with a pair of letters: they are sorted.
constexpr auto kDomainsFrom = [] {
  std::array<std::uint16_t, 26 * 26 + 1> from{};
  for (const Domain& domain : kDomains) ++from[pair_of(domain.label) + 1];
  for (std::size_t i = 1; i < from.size(); ++i)
    from[i] = static_cast<std::uint16_t>(from[i] + from[i - 1]);
  return from;
}();

// Where the mailboxes begin that start with a letter.
constexpr auto kMailboxesFrom = [] {
  std::array<std::uint16_t, 26 + 1> from{};
  for (const Mailbox& mailbox : kSharedMailboxes)
    ++from[static_cast<std::size_t>(mailbox.local[0] - 'a') + 1];
  for (std::size_t i = 1; i < from.size(); ++i)
    from[i] = static_cast<std::uint16_t>(from[i] + from[i - 1]);
  return from;
}();

struct IbanCountry {
  std::string_view code;
  int length;
};
constexpr IbanCountry kIbanCountries[] = {
#include "policy/catalog/iban_lengths.inc"
};

struct Country {
  std::string_view code;
  std::string_view name;
};
constexpr Country kCountries[] = {
#include "policy/catalog/countries.inc"
};

}  // namespace

bool is_tld(std::string_view label) {
  std::array<char, kLongestLabel> room{};
  if (label.size() < 2 || label.size() > room.size()) return false;
  std::ranges::transform(label, room.begin(), lower);
  const std::string_view small(room.data(), label.size());
  if (!is_letter(small[0]) || !is_letter(small[1])) return false;
  const std::size_t pair = pair_of(small);
  const auto domains = std::span(kDomains).subspan(
      kDomainsFrom[pair], std::size_t{kDomainsFrom[pair + 1]} - kDomainsFrom[pair]);
  return std::ranges::binary_search(domains, small, {}, &Domain::label);
}

bool is_shared_mailbox(std::string_view local) {
  if (local.size() < 2 || !is_letter(lower(local[0]))) return false;
  const auto letter = static_cast<std::size_t>(lower(local[0]) - 'a');
  const auto mailboxes =
      std::span(kSharedMailboxes)
          .subspan(kMailboxesFrom[letter],
                   std::size_t{kMailboxesFrom[letter + 1]} - kMailboxesFrom[letter]);
  return std::ranges::any_of(mailboxes, [&](const Mailbox& mailbox) {
    return mailbox.local.size() == local.size() &&
           std::ranges::equal(mailbox.local, local, {}, {}, lower);
  });
}

std::optional<int> iban_length(std::string_view country) {
  const auto* const found =
      std::ranges::lower_bound(kIbanCountries, country, {}, &IbanCountry::code);
  if (found == std::end(kIbanCountries) || found->code != country) return std::nullopt;
  return found->length;
}

bool is_country(std::string_view code) {
  return std::ranges::binary_search(kCountries, code, {}, &Country::code);
}

}  // namespace huxin::catalog
