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
constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Domains by a hash of their letters.
constexpr unsigned kHashBits = 11;
constexpr std::size_t hash_of(std::string_view label) {
  std::uint32_t hash = 0;
  for (const char c : label) hash = (hash + static_cast<unsigned char>(to_lower(c))) * 0x9E37'79B1U;
  return hash >> (32U - kHashBits);
}
struct Hashed {
  std::size_t hash;
  std::string_view label;
};
constexpr auto kByHash = [] {
  std::array<Hashed, std::size(kDomains)> domains{};
  std::ranges::transform(kDomains, domains.begin(), [](const Domain& domain) {
    return Hashed{hash_of(domain.label), domain.label};
  });
  std::ranges::sort(domains, {}, &Hashed::hash);
  return domains;
}();
constexpr auto kDomainsFrom = [] {
  std::array<std::uint16_t, (std::size_t{1} << kHashBits) + 1> from{};
  for (const Hashed& domain : kByHash) ++from[domain.hash + 1];
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
  if (label.size() > kLongestLabel) return false;
  const std::size_t hash = hash_of(label);
  const auto domains = std::span(kByHash).first(kDomainsFrom[hash + 1]).subspan(kDomainsFrom[hash]);
  return std::ranges::any_of(domains, [&](const Hashed& domain) {
    return std::ranges::equal(domain.label, label, {}, {}, to_lower);
  });
}

bool is_shared_mailbox(std::string_view local) {
  if (local.size() < 2 || !is_letter(to_lower(local[0]))) return false;
  const auto letter = static_cast<std::size_t>(to_lower(local[0]) - 'a');
  const auto mailboxes =
      std::span(kSharedMailboxes)
          .subspan(kMailboxesFrom[letter],
                   std::size_t{kMailboxesFrom[letter + 1]} - kMailboxesFrom[letter]);
  return std::ranges::any_of(mailboxes, [&](const Mailbox& mailbox) {
    return mailbox.local.size() == local.size() &&
           std::ranges::equal(mailbox.local, local, {}, {}, to_lower);
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
