#pragma once
#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/known/fuse_layout.hpp"
#include "policy/known/value_digest.hpp"

namespace huxin::known {

/// What stands before the array of an exact filter. Layout on disk and wire, little-endian:
///
///   offset  size  what
///   0       8     magic, "HUXEXCT1"
///   8       32    SHA-256 of all that follows
///   40      16    salt of the digest key (derive_key with kExactPurpose)
///   56      8     keys in it
///   64      8     seed of the layout
///   72      4     segment length
///   76      4     segments
///   80      ...   FuseLayout::length() bytes, to the end
struct ExactHeader {
  static constexpr std::size_t kSize = 80;
  static constexpr std::size_t kSaltSize = 16;

  Bytes salt;
  std::uint64_t keys = 0;
  FuseLayout layout;
};
inline constexpr std::string_view kExactPurpose = "huxin-exact-1";
/// The most keys of a filter: 11.3 million bytes.
inline constexpr std::size_t kMostKeys = 10'000'000;

/// Reads and checks a filter's header: kCorrupt, with what is wrong, unless the magic, every number
/// and the size of the whole agree. Linear work (the digest) only in check_exact.
Result<ExactHeader> read_exact_header(ByteView file);
/// The same, and that the digest holds: once for each file that came from outside.
Status check_exact(ByteView file);

/// The bank's own customers, as far as they can be asked for: is this value one of theirs? Says yes
/// for all that were put in and for one in 256 others.
///
/// Immutable; share freely. Borrows the file, which has to stay as it is for as long.
class ExactFilter {
 public:
  /// How much likelier a value that is in the filter makes its finding: a genuine value of a
  /// customer is always in, another by chance in one of 256.
  static constexpr double kLikelihoodRatio = 256;

  /// As read_exact_header; the digest is not computed again.
  static Result<ExactFilter> open(ByteView file, const SipKey& key);

  bool contains(const Value& value) const { return contains(digest_.of(value)); }
  /// A shared value beside one that is not.
  bool contains(const Value& shared, const Value& beside) const {
    return contains(digest_.of(shared, beside));
  }
  std::uint64_t keys() const { return keys_; }

 private:
  ExactFilter(const ExactHeader& header, ByteView array, const SipKey& key)
      : layout_(header.layout), keys_(header.keys), array_(array), digest_(key) {}
  bool contains(std::uint64_t digest) const;

  FuseLayout layout_;
  std::uint64_t keys_;
  ByteView array_;
  ValueDigest digest_;
};

/// What a hit makes of a finding's confidence: the odds before times kLikelihoodRatio. 0.5 becomes
/// 0.996, 0.3 becomes 0.991, 0 and 1 stay. Takes the finding for one of independent values; that a
/// false number is a customer's by chance (ten million of some five thousand million possible
/// mobiles) is left out, being as rare as a false hit.
double confidence_after_hit(double before);

}  // namespace huxin::known
