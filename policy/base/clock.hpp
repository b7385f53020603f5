#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "policy/base/result.hpp"

namespace huxin {

/// A moment in UTC, to the millisecond: what records carry and the collector sorts by.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Tells the time. Passed in wherever behaviour depends on it, so that tests own it. now() may be
/// called from any thread. It may jump, also backwards: whoever measures how long something took
/// uses std::chrono::steady_clock.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

/// Reads the machine's clock. Stateless; share freely.
class SystemClock final : public Clock {
 public:
  Time now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }
};

/// Writes a moment as RFC 3339 in UTC with milliseconds: 2026-03-01T08:30:00.000Z.
std::string to_rfc3339(Time time);

/// Reads what to_rfc3339 writes, with or without the fraction; kInvalid otherwise. Only "Z" is
/// taken, no offset; years 0000 to 9999; no leap seconds.
Result<Time> from_rfc3339(std::string_view text);

}  // namespace huxin
