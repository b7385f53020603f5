#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "policy/catalog/catalog.hpp"
#include "policy/known/sip_hash.hpp"

namespace huxin::known {

/// A value as it is compared: identity numbers of fifteen digits in their modern form, a track 2 as
/// its card number, and under one element what people write in one column: identity numbers of
/// citizens and residents (D01 to D04), telephones (D27, D29), cards (D40, D41).
struct Value {
  catalog::ElementId element{};
  std::string text;
};
/// `text` is what detect::value_of gives for the element.
Value comparable(catalog::ElementId element, std::string_view text);

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
