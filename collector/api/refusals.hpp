#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "collector/store/audit.hpp"
#include "policy/base/clock.hpp"

namespace huxin::api {

/// Keeps refusals from filling the audit log: of the same refusal (who, what, result) within a
/// minute the first is written down as it comes, and the others are counted, to be written down as
/// one entry when the minute is over. Thread-safe.
///
/// At most 4,096 kinds are kept apart at a time; beyond, what is refused counts as "(other)".
/// What is counted and not yet written is in memory alone, for at most a minute.
class Refusals {
 public:
  static constexpr std::chrono::minutes kWindow{1};
  static constexpr std::size_t kMostKinds = 4096;
  /// Changes of one account that may be refused within a minute before no more are tried.
  static constexpr unsigned kMostOfOne = 60;

  /// Takes note of a refusal. True: it is the first of its kind, and to be written down now.
  bool first(const store::AuditAct& act, Time now);
  /// Takes note that a change which was begun was refused.
  void spend(const std::string& who, Time now);
  /// Was so much refused to this account that no further change is to be tried now?
  bool exhausted(const std::string& who, Time now);

  /// Takes out what is to be written down: repeats whose minute is over, or all.
  std::vector<store::AuditAct> take(Time now, bool all);
  /// Gives back what could not be written down; it comes again.
  void put_back(std::vector<store::AuditAct> acts);

 private:
  using Kind = std::tuple<std::string, std::string, std::string>;  // who, what, result
  struct Count {
    Time begun{}, last{};
    std::uint64_t repeats = 0;
    std::string origin, target;  ///< of the last
  };
  struct Spent {
    Time begun{};
    unsigned refused = 0;
  };

  std::mutex mutex_;
  std::map<Kind, Count> kinds_;
  std::map<std::string, Spent> spent_;
  std::vector<store::AuditAct> unwritten_;
};

}  // namespace huxin::api
