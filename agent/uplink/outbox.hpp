#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::uplink {

/// What the terminal has to tell and the collector has not confirmed. The journal stands behind it;
/// the composition root joins the two.
///
/// Called from the uplink's thread, while others append.
class Outbox {
 public:
  virtual ~Outbox() = default;

  /// The oldest records not acknowledged, ascending without a gap, at most `limit`. Empty when
  /// everything is acknowledged. An error is told and tried again with the next attempt.
  virtual Result<std::vector<record::Record>> oldest(std::size_t limit) = 0;
  /// Every record up to and including `through` is safe with the collector. Must be durable, or the
  /// records go out again: the collector takes them twice without harm.
  virtual Status acknowledge(std::uint64_t through) = 0;
  /// Sent with every heartbeat.
  virtual Result<std::uint64_t> size() = 0;

  struct Head {
    std::uint64_t sequence = 0;
    /// Raw, 32 bytes.
    std::string hash;
  };
  /// The newest link of the chain, acknowledged or not.
  virtual Result<Head> head() = 0;
};

}  // namespace huxin::uplink
