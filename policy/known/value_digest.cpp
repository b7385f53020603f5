#include "policy/known/value_digest.hpp"

#include <algorithm>
#include <array>

namespace huxin::known {
namespace {

using catalog::ElementId;

/// Names (D25, D26), address, postcode, birth, status, income, employer (D34 to D39), expiry,
/// balance, credit standing.
constexpr std::array kShared{ElementId{25}, ElementId{26}, ElementId{34}, ElementId{35},
                             ElementId{36}, ElementId{37}, ElementId{38}, ElementId{39},
                             ElementId{46}, ElementId{64}, ElementId{68}};

void append(std::string& into, const Value& value) {
  into += catalog::to_string(value.element);
  into += '\0';
  into += value.text;
  into += '\0';
}

}  // namespace

bool is_shared(ElementId element) { return std::ranges::find(kShared, element) != kShared.end(); }

std::uint64_t ValueDigest::of(const Value& value) const {
  std::string text;
  append(text, value);
  return sip_hash(key_, text);
}

std::uint64_t ValueDigest::of(const Value& shared, const Value& beside) const {
  std::string text;
  append(text, shared);
  append(text, beside);
  return sip_hash(key_, text);
}

}  // namespace huxin::known
