#include "agent/watch/session_limits.hpp"

#include <algorithm>

namespace huxin::watch {
namespace {

constexpr std::size_t kMaxShares = 1024;

}  // namespace

bool SessionLimits::connect(std::uint32_t uid) {
  if (connections_ >= kConnections) return false;
  Share& share = shares_[uid];
  if (share.connections >= kConnectionsOfUser) return false;
  ++share.connections;
  ++connections_;
  return true;
}

void SessionLimits::disconnect(std::uint32_t uid) {
  --shares_[uid].connections;
  --connections_;
  forget_idle(uid);
}

bool SessionLimits::offer(std::uint32_t uid, Moment now) {
  Share& share = shares_[uid];
  if (share.filled == Moment{}) share.filled = now;
  const std::chrono::duration<double> passed = now - share.filled;
  share.tokens = std::min(kBurst, share.tokens + passed.count() * kPerSecond);
  share.filled = now;
  if (share.waiting >= kWaitingOfUser || share.tokens < 1) return false;
  share.tokens -= 1;
  ++share.waiting;
  return true;
}

void SessionLimits::finish(std::uint32_t uid) {
  --shares_[uid].waiting;
  forget_idle(uid);
}

// A share outlives its connections, or reconnecting would refill it; only many users push it out.
void SessionLimits::forget_idle(std::uint32_t uid) {
  const Share& share = shares_[uid];
  if (share.connections == 0 && share.waiting == 0 && shares_.size() > kMaxShares)
    shares_.erase(uid);
}

}  // namespace huxin::watch
