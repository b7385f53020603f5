#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace huxin::watch {

/// Tells what a sensor could not see, on a thread of its own: telling may wait for a disk, and
/// whoever loses something must not.
///
/// The first loss of a kind (a subject and a reason) is told at once. What follows within a period
/// is counted and told together when the period ends, or when this is destroyed. Beyond 256 kinds
/// at a time the subject is left empty. Thread-safe.
class Losses {
 public:
  /// Gets valid UTF-8, whatever bytes came in.
  using Tell = std::function<void(const std::string& subject, const std::string& reason,
                                  std::uint64_t count)>;
  static constexpr std::size_t kKinds = 256;

  /// `tell` may block; what it throws is logged, and the count is lost.
  explicit Losses(Tell tell, std::chrono::milliseconds period = std::chrono::minutes(1));
  /// Tells what is untold; waits for it.
  ~Losses();
  Losses(const Losses&) = delete;
  Losses& operator=(const Losses&) = delete;

  /// `subject`: a path, a user; `reason`: a code.
  void add(std::string_view subject, std::string_view reason);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  using Kind = std::pair<std::string, std::string>;
  struct Count {
    std::uint64_t untold = 0;
    Moment due;  ///< when what is untold is told, or the kind is forgotten
  };

  void run();
  void tell(const Kind& kind, std::uint64_t count) noexcept;

  const Tell tell_;
  const std::chrono::milliseconds period_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Kind, Count> kinds_;
  bool stopped_ = false;
  std::thread thread_;  ///< last: uses the rest
};

}  // namespace huxin::watch
