#include "policy/catalog/cards.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
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

// Where the issuers whose prefixes start with three digits begin: nearly all numbers end there.
constexpr auto kIssuersFrom = [] {
  std::array<std::uint16_t, 1001> from{};
  std::size_t at = 0;
  for (std::size_t head = 0; head < from.size(); ++head) {
    const auto head_of = [](const Issuer& issuer) {
      return static_cast<std::size_t>((issuer.prefix[0] - '0') * 100 +
                                      (issuer.prefix[1] - '0') * 10 + (issuer.prefix[2] - '0'));
    };
    while (at < std::size(kIssuers) && head_of(kIssuers[at]) < head) ++at;
    from[head] = static_cast<std::uint16_t>(at);
  }
  return from;
}();

// The tables are asked by the first three digits.
bool has_head(std::string_view pan) {
  return pan.size() >= 8 &&
         std::ranges::all_of(pan.substr(0, 3), [](char c) { return c >= '0' && c <= '9'; });
}

const Issuer* find_issuer(std::string_view pan) {
  if (!has_head(pan)) return nullptr;
  const auto head =
      static_cast<std::size_t>((pan[0] - '0') * 100 + (pan[1] - '0') * 10 + pan[2] - '0');
  const auto* const all = std::begin(kIssuers);
  const std::span issuers(all + kIssuersFrom[head], all + kIssuersFrom[head + 1]);
  for (const std::size_t length : {8U, 6U, 5U}) {
    const std::string_view prefix = pan.substr(0, length);
    const auto found = std::ranges::lower_bound(issuers, prefix, {}, &Issuer::prefix);
    if (found != issuers.end() && found->prefix == prefix) return &*found;
  }
  return nullptr;
}

// Whether some scheme's range holds numbers that start with two digits.
constexpr auto kMayBeScheme = [] {
  std::array<bool, 100> may{};
  const auto head_of = [](std::string_view digits, char fill) {
    const char second = digits.size() > 1 ? digits[1] : fill;
    return static_cast<std::size_t>((digits[0] - '0') * 10 + (second - '0'));
  };
  for (const Range& range : kRanges) {
    for (std::size_t head = head_of(range.low, '0'); head <= head_of(range.high, '9'); ++head)
      may[head] = true;
  }
  return may;
}();

std::optional<CardScheme> scheme_by_range(std::string_view pan) {
  if (!kMayBeScheme[static_cast<std::size_t>((pan[0] - '0') * 10 + (pan[1] - '0'))])
    return std::nullopt;
  for (const Range& range : kRanges) {
    const std::string_view head = pan.substr(0, range.low.size());
    if (head < range.low || head > range.high || !has_length(range.lengths, pan.size())) continue;
    for (const auto& [name, scheme] : kSchemes) {
      if (name == range.scheme) return scheme;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<CardScheme> card_scheme(std::string_view pan) {
  if (!has_head(pan)) return std::nullopt;
  if (const auto scheme = scheme_by_range(pan)) return scheme;
  const Issuer* const issuer = find_issuer(pan);
  if (issuer != nullptr && has_length(issuer->lengths, pan.size())) return CardScheme::kUnionPay;
  return std::nullopt;
}

std::string_view card_issuer(std::string_view pan) {
  const Issuer* const issuer = find_issuer(pan);
  return issuer != nullptr ? issuer->name : std::string_view{};
}

}  // namespace huxin::catalog
