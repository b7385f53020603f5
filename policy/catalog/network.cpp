#include "policy/catalog/network.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace huxin::catalog {
namespace {

struct Domain {
  std::string_view label;
};
constexpr Domain kDomains[] = {
#include "policy/catalog/tlds.inc"
};

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
  constexpr std::size_t kLongestLabel = 63;  // RFC 1035, 2.3.4
  if (label.size() > kLongestLabel) return false;
  std::string lower(label);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return std::ranges::binary_search(kDomains, std::string_view(lower), {}, &Domain::label);
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
