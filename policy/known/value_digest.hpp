#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "policy/base/sip_hash.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::known {

/// A value as it is compared: detect::comparable makes it, so that what means the same is equal.
struct Value {
  catalog::ElementId element{};
  std::string text;
};

/// Is this a value that many people share, such as a name or an address? By itself it proves
/// nothing of a customer, so that it is known only beside a number of the same person.
bool is_shared(catalog::ElementId element);

/// Digests values under one key. 64 bits of SipHash over the element, 0 and the text; of a pair,
/// over both in turn.
class ValueDigest {
 public:
  explicit ValueDigest(const SipKey& key) : key_(key) {}

  std::uint64_t of(const Value& value) const;
  /// Of a shared value beside one that is not.
  std::uint64_t of(const Value& shared, const Value& beside) const;

 private:
  SipKey key_;
};

}  // namespace huxin::known
