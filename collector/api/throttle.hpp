#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "policy/base/clock.hpp"

namespace huxin::api {

/// Slows down guessing. Per key (a user, an address): `free` failed attempts cost nothing, each
/// further one doubles the wait, from 2 s up to `longest`; an hour without any forgets the key.
///
/// An attempt counts as failed from the moment it begins until it is known to have succeeded, so
/// that many at once gain nothing. At most 20,000 keys are remembered; beyond, those least recently
/// seen are forgotten. Thread-safe.
/// In memory only: a restart forgets. Times are the clock's; one that jumps back may lengthen a
/// wait.
class Throttle {
 public:
  Throttle(const Clock& clock, unsigned free,
           std::chrono::seconds longest = std::chrono::minutes(15))
      : clock_(clock), free_(free), longest_(longest) {}

  /// Begins an attempt: zero when it may go on, else how long to wait. A try that has to wait
  /// counts as none. Rounded up to whole seconds, for Retry-After.
  std::chrono::seconds begin(std::string_view key);
  /// Forgets what a key did wrong: its owner proved who they are.
  void succeeded(std::string_view key);
  /// Takes one attempt back, and no more: one good account behind an address must not cover for
  /// guesses at others.
  void take_back(std::string_view key);

 private:
  struct Record {
    unsigned failures = 0;
    Time last{};
    Time blocked_until{};
  };
  void make_room();

  const Clock& clock_;
  unsigned free_;
  std::chrono::seconds longest_;
  std::mutex mutex_;
  std::map<std::string, Record, std::less<>> records_;
};

}  // namespace huxin::api
