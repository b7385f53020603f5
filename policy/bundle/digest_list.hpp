#pragma once
#include <array>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::bundle {

/// The first 16 bytes of HMAC-SHA-256("D01" ‖ 0 ‖ value) under the bank's digest key, as findings
/// carry it (record::value_digest).
using ValueDigest = std::array<std::uint8_t, 16>;

/// One customer on a list, for a time [from, until). Who has the digest key can test a number;
/// nobody can read one out of it.
struct DigestEntry {
  ValueDigest digest{};
  /// UTC, by the bank's days as they were imported.
  Time from{};
  Time until = Time::max();  ///< max: without end
  std::string purpose;       ///< at most 64 bytes; "贷款审批"

  bool operator==(const DigestEntry&) const = default;
};

/// What a list says of a value at a moment.
enum class Standing : std::uint8_t {
  kAbsent,     ///< not on the list
  kInForce,    ///< some entry holds now
  kNotInForce  ///< there are entries, and none holds now: over, or not begun
};

/// Customers known by keyed digests alone: authorisations to query a credit report, or holds
/// against destruction. Immutable, sorted, found by binary search; share freely.
class DigestList {
 public:
  static constexpr std::size_t kMostEntries = 100'000;
  static constexpr std::size_t kMostPurposes = 1000;
  static constexpr std::size_t kLongestPurpose = 64;

  DigestList() = default;
  /// kTooLarge over a limit; kInvalid for an entry that ends before it begins. Sorts, and drops
  /// what stands twice.
  static Result<DigestList> make(std::vector<DigestEntry> entries);
  /// Reads what serialise() wrote: kCorrupt for anything else, kTooLarge over a limit. No bytes are
  /// an empty list. Hostile until its bundle's signature held; also then every index is checked.
  static Result<DigestList> parse(ByteView bytes);
  /// The same entries give the same bytes, so that lists can be compared.
  Bytes serialise() const;

  /// Purposes are not asked. A digest of another length is absent.
  Standing at(ByteView digest, Time now) const;
  const std::vector<DigestEntry>& entries() const { return entries_; }
  bool empty() const { return entries_.empty(); }

 private:
  explicit DigestList(std::vector<DigestEntry> sorted) : entries_(std::move(sorted)) {}

  std::vector<DigestEntry> entries_;  ///< by digest, then by begin
};

}  // namespace huxin::bundle
