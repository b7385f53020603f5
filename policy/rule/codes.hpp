#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace huxin::rule {

/// What can be wrong (E) or doubtful (W) in a policy. The numbers are published in CODES.md and in
/// reports: never reuse one.
enum class Code : std::uint8_t {
  kSyntax,
  kSourceTooLarge,
  kTooManyRules,
  kListTooLong,
  kBadText,
  kTooDeep,
  kAliasOrTag,
  kNotOneDocument,
  kWrongKind,
  kUnknownKey,
  kDuplicateKey,
  kMissingKey,
  kUnknownWord,
  kBadNumber,
  kBadQuantity,
  kDuplicateRule,
  kBadIdentifier,
  kUnknownElement,
  kUnknownDomain,
  kBadNetwork,
  kBadPath,
  kEmptyWindow,
  kSecretInProfile,
  kNoPlace,
  kDuplicateProfile,
  kUnknownProfile,
  kMatchesAll,
  kNeverMatches,
  kNotWatched,
  kShadowed,
  kActionChanged,
  kUnknownClause,
  kNoDomain,
  kNoRules,
  kRepeated,
  kMore,
  kProfileCovered,
  kTellerNeverBound,
  kNothingToDiscover,
};

struct CodeText {
  std::string_view code;  ///< "E010"
  std::string_view zh;    ///< as the Chinese page of huxin-policy(5) has it
  std::string_view what;  ///< as CODES.md has it
};

/// Every code, in the order of the enumeration.
std::span<const CodeText> codes();
std::string_view to_string(Code code);
/// What a code says, in Chinese; empty for one that is none.
std::string_view in_chinese(std::string_view code);

}  // namespace huxin::rule
