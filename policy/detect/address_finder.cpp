#include "policy/detect/address_finder.hpp"

#include <algorithm>

#include "policy/detect/recognise/address.hpp"

namespace huxin::detect {

void AddressFinder::read(std::size_t at, const Span& scope, std::optional<std::size_t> start) {
  if (at < end_ || !engine_.kinds.has(Kind::kAddress)) return;
  const auto address = recognise_address(text_, at, scope, start, floor_);
  if (!start) floor_ = at;
  if (!address) return;
  end_ = address->span.end;
  if (address->settled) settled_.push_back({address->span, at});
  state_.candidates.push_back({.span = address->span,
                               .kind = Kind::kAddress,
                               .label = start ? Label::kBeside : Label::kNone,
                               .doubt = address->doubt});
}

bool AddressFinder::is_settled(std::size_t at) {
  if (at < end_) return true;
  const auto after = std::ranges::upper_bound(
      settled_, at, {}, [](const Settled& known) { return known.span.begin; });
  if (after == settled_.begin() || at > std::prev(after)->anchor) return false;
  floor_ = at;
  end_ = std::prev(after)->span.end;
  return true;
}

}  // namespace huxin::detect
