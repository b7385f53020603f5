#include "policy/catalog/cards.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
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

constexpr std::size_t kHead = 8;  // digits of the longest prefix
constexpr std::size_t kLongestAbroad =
    16;  // digits of a card that an issuer here gives out for abroad

// The first eight digits as a number, short ones filled up.
constexpr std::uint32_t head_of(std::string_view digits, char fill = '0') {
  std::uint32_t head = 0;
  for (std::size_t i = 0; i < kHead; ++i)
    head = head * 10 + static_cast<std::uint32_t>((i < digits.size() ? digits[i] : fill) - '0');
  return head;
}

// The numbers that begin with a prefix, or lie between two, and how long they are.
struct Numbers {
  std::uint32_t low = 0;  ///< by their first eight digits
  std::uint32_t high = 0;
  std::uint32_t lengths = 0;  ///< a bit each

  constexpr bool has(std::uint32_t head) const { return low <= head && head <= high; }
  constexpr bool has_length(std::size_t size) const { return size < 32 && (lengths >> size & 1U); }
};

constexpr Numbers numbers(std::string_view low, std::string_view high, std::string_view lengths) {
  Numbers made{head_of(low), head_of(high, '9'), 0};
  for (std::size_t at = 0; at + 2 <= lengths.size(); at += 3)
    made.lengths |= 1U << ((lengths[at] - '0') * 10 + (lengths[at + 1] - '0'));
  return made;
}

constexpr auto kIssued = [] {
  std::array<Numbers, std::size(kIssuers)> table{};
  for (std::size_t i = 0; i < table.size(); ++i)
    table[i] = numbers(kIssuers[i].prefix, kIssuers[i].prefix, kIssuers[i].lengths);
  return table;
}();

constexpr auto kRanged = [] {
  std::array<Numbers, std::size(kRanges)> table{};
  for (std::size_t i = 0; i < table.size(); ++i)
    table[i] = numbers(kRanges[i].low, kRanges[i].high, kRanges[i].lengths);
  return table;
}();

constexpr auto kRangedSchemes = [] {
  std::array<CardScheme, std::size(kRanges)> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (const auto& [name, scheme] : kSchemes) {
      if (name == kRanges[i].scheme) table[i] = scheme;
    }
  }
  return table;
}();

std::optional<std::uint32_t> head_of_card(std::string_view pan) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (pan.size() < kHead || !std::ranges::all_of(pan.substr(0, kHead), is_digit))
    return std::nullopt;
  return head_of(pan.substr(0, kHead));
}

// Prefixes are sorted, a longer one behind those that it begins with: the last one that fits is the
// longest. All have five digits or more.
std::optional<std::size_t> issuer_of(std::uint32_t head) {
  constexpr std::uint32_t kFive = 1000;  // divides the head to its first five digits
  const auto after = std::ranges::upper_bound(kIssued, head, {}, &Numbers::low);
  for (auto at = static_cast<std::size_t>(after - kIssued.begin());
       at > 0 && kIssued[at - 1].low / kFive == head / kFive; --at) {
    if (kIssued[at - 1].has(head)) return at - 1;
  }
  return std::nullopt;
}

std::optional<CardScheme> scheme_by_range(std::uint32_t head, std::size_t size) {
  for (std::size_t i = 0; i < kRanged.size(); ++i) {
    if (kRanged[i].has(head) && kRanged[i].has_length(size)) return kRangedSchemes[i];
  }
  return std::nullopt;
}

// By the first two digits of any number issued.
constexpr auto kBegins = [] {
  constexpr std::uint32_t kTwo = 1'000'000;  // divides the head to its first two digits
  std::array<bool, 100> begins{};
  const auto note = [&](const auto& table) {
    for (const Numbers& numbers : table) {
      for (std::uint32_t two = numbers.low / kTwo; two <= numbers.high / kTwo; ++two)
        begins[two] = true;
    }
  };
  note(kIssued);
  note(kRanged);
  return begins;
}();

}  // namespace

bool may_be_card(std::string_view digits) {
  return digits.size() >= 2 && kBegins[static_cast<std::size_t>(digits[0] - '0') * 10 +
                                       static_cast<std::size_t>(digits[1] - '0')];
}

std::optional<CardScheme> card_scheme(std::string_view pan) {
  const auto head = head_of_card(pan);
  if (!head) return std::nullopt;
  const auto issuer = issuer_of(*head);
  const bool domestic = issuer && kIssued[*issuer].has_length(pan.size());
  // 436742… of nineteen digits: a domestic card, older than UnionPay, under a prefix of Visa's.
  if (domestic && pan.size() > kLongestAbroad) return CardScheme::kUnionPay;
  if (const auto scheme = scheme_by_range(*head, pan.size())) return scheme;
  return domestic ? std::optional(CardScheme::kUnionPay) : std::nullopt;
}

std::string_view card_issuer(std::string_view pan) {
  const auto head = head_of_card(pan);
  const auto issuer = head ? issuer_of(*head) : std::nullopt;
  return issuer ? kIssuers[*issuer].name : std::string_view{};
}

}  // namespace huxin::catalog
