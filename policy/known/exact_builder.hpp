#pragma once
#include <vector>

#include "policy/known/exact_filter.hpp"

namespace huxin::known {

/// Gathers values and makes them into a filter. Values are digested as they come and forgotten: 8
/// bytes are kept of each, some 36 while the filter is made. One thread.
class ExactBuilder {
 public:
  /// Draws a salt and a seed; the digest key is derived from the salt and the bank's key.
  explicit ExactBuilder(ByteView bank_key);
  /// The same with a salt of kSaltSize bytes and a seed that were drawn before: the same values
  /// make the same file then, with the same false hits.
  ExactBuilder(ByteView bank_key, Bytes salt, std::uint64_t seed);

  /// kTooLarge when there are too many even without what stands twice; values that stand twice
  /// count once.
  Status add(const Value& value) { return add(digest_.of(value)); }
  Status add(const Value& shared, const Value& beside) { return add(digest_.of(shared, beside)); }
  /// Distinct keys, as of now; sorts.
  std::size_t distinct();

  /// The file, whole; the builder is empty then. Fails as build_fuse.
  Result<Bytes> build();

 private:
  Status add(std::uint64_t digest);

  Bytes salt_;
  std::uint64_t seed_;
  ValueDigest digest_;
  std::vector<std::uint64_t> keys_;
};

}  // namespace huxin::known
