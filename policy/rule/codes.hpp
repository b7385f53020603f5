#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace huxin::rule {

/// What can be wrong (E) or doubtful (W) in a policy. The numbers are published in CODES.md and in
/// reports: never reuse one. Names may change, numbers and their order here may not; a code goes at
/// the end of its letter in codes.cpp.
enum class Code : std::uint8_t {
  // E001 to E009: the source as YAML, its limits, and values of the wrong kind.
  kSyntax,
  kSourceTooLarge,
  kTooManyRules,
  kListTooLong,
  kBadText,
  kTooDeep,
  kAliasOrTag,
  kNotOneDocument,
  kWrongKind,
  // E010 to E026: keys, words, numbers and names that do not stand for anything.
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
  // W001 on: the policy loads, but does not do what its author may have meant.
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
  kUnknownReason,
};

/// A line of CODES.md; a test holds the two together.
struct CodeText {
  std::string_view code;  ///< "E010"
  std::string_view zh;    ///< as the Chinese page of huxin-policy(5) has it
  std::string_view what;  ///< as CODES.md has it
};

/// Every code, in the order of the enumeration.
std::span<const CodeText> codes();
/// "E010": stable, and the only form that leaves the program.
std::string_view to_string(Code code);
/// What a code says, in Chinese; empty for one that is none.
std::string_view in_chinese(std::string_view code);

}  // namespace huxin::rule
