#include "policy/catalog/cards.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

namespace huxin::catalog {
namespace {

struct Range {
  std::string_view scheme;
  std::string_view low;
  std::string_view high;
  std::string_view lengths;  ///< two-digit numbers, one space between
};
constexpr Range kRanges[] = {
#include "policy/catalog/card_schemes.inc"
};

struct Issuer {
  std::string_view prefix;
  std::string_view name;
  std::string_view lengths;
};
constexpr Issuer kIssuers[] = {
#include "policy/catalog/issuers.inc"
};

constexpr std::array<std::pair<std::string_view, CardScheme>, 6> kSchemes = {{
    {"unionpay", CardScheme::kUnionPay},
    {"visa", CardScheme::kVisa},
    {"mastercard", CardScheme::kMastercard},
    {"jcb", CardScheme::kJcb},
    {"amex", CardScheme::kAmex},
    {"discover", CardScheme::kDiscover},
}};

bool has_length(std::string_view lengths, std::size_t size) {
  if (size < 10 || size > 99) return false;
  const std::array<char, 2> wanted = {static_cast<char>('0' + size / 10),
                                      static_cast<char>('0' + size % 10)};
  return lengths.contains(std::string_view(wanted.data(), wanted.size()));
}

const Issuer* find_issuer(std::string_view pan) {
  for (const std::size_t length : {8U, 6U, 5U}) {
    if (pan.size() < length) continue;
    const std::string_view prefix = pan.substr(0, length);
    const auto* const found = std::ranges::lower_bound(kIssuers, prefix, {}, &Issuer::prefix);
    if (found != std::end(kIssuers) && found->prefix == prefix) return found;
  }
  return nullptr;
}

}  // namespace

std::optional<CardScheme> card_scheme(std::string_view pan) {
  for (const Range& range : kRanges) {
    const std::string_view head = pan.substr(0, range.low.size());
    if (head < range.low || head > range.high || !has_length(range.lengths, pan.size())) continue;
    for (const auto& [name, scheme] : kSchemes) {
      if (name == range.scheme) return scheme;
    }
  }
  const Issuer* const issuer = find_issuer(pan);
  if (issuer != nullptr && has_length(issuer->lengths, pan.size())) return CardScheme::kUnionPay;
  return std::nullopt;
}

std::string_view card_issuer(std::string_view pan) {
  const Issuer* const issuer = find_issuer(pan);
  return issuer != nullptr ? issuer->name : std::string_view{};
}

}  // namespace huxin::catalog
