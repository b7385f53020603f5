#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace huxin::catalog {

/// The brand that routes a payment; a bank's own card without one is UnionPay's here.
enum class CardScheme : std::uint8_t { kUnionPay, kVisa, kMastercard, kJcb, kAmex, kDiscover };

/// Rules out most numbers by their first two digits: false where no card begins so. Digits only.
bool may_be_card(std::string_view digits);

/// Finds the scheme of a card number from its leading digits and its length; nullopt when no scheme
/// issues such a number. Older domestic cards outside 62 count as UnionPay's. Digits only; the
/// check digit is not looked at. Ranges of ISO/IEC 7812 issuer numbers, from data/*.tsv with their
/// sources.
std::optional<CardScheme> card_scheme(std::string_view pan);

/// Names the issuer ("icbc", "ccb"; "local" for city and rural banks) of a card number when its
/// prefix is in our list of mainland issuers; empty otherwise. The list is not complete: an unknown
/// prefix is no objection, a known one raises confidence. The longest known prefix of 8, 6 or 5
/// digits decides. Lives as long as the program.
std::string_view card_issuer(std::string_view pan);
inline bool is_known_issuer(std::string_view pan) { return !card_issuer(pan).empty(); }

}  // namespace huxin::catalog
