#include "agent/uplink/backoff.hpp"

#include <algorithm>

namespace huxin::uplink {

Backoff::Delay Backoff::next() {
  current_ = current_ == Delay::zero() ? first_ : std::min(longest_, current_ * 2);
  return Delay(
      std::uniform_int_distribution<Delay::rep>(current_.count() / 2, current_.count())(random_));
}

}  // namespace huxin::uplink
