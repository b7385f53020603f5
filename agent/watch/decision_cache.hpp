#pragma once
#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "agent/watch/file_version.hpp"

namespace huxin::watch {

/// Remembers decisions on opens for a minute (rules may depend on the time of day): by file
/// version, user and process. Keeps the 4,096 used last. Not thread-safe; time is a parameter.
class DecisionCache {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kLimit = 4096;
  static constexpr std::chrono::seconds kLifetime{60};

  /// `process` is the executable's path: a decision for one program is not another's.
  struct Key {
    FileVersion version;
    std::uint32_t uid = 0;
    std::string process;
    auto order() const {
      return std::tie(version.inode, version.device, version.ctime_ns, version.mtime_ns,
                      version.size, uid, process);
    }
    bool operator<(const Key& other) const { return order() < other.order(); }
  };

  /// True: allowed. Nothing: not known, or too old.
  std::optional<bool> find(const Key& key, Moment now);
  /// Replaces a decision that is there already, and gives it another minute.
  void put(const Key& key, bool allow, Moment now);
  void clear();
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Key key;
    bool allow;
    Moment expires;
  };
  std::list<Entry> entries_;  ///< used last first
  std::map<Key, std::list<Entry>::iterator> index_;
};

/// Has the version's clock moved on since its last change? Two changes within one tick leave the
/// same version, so a younger version must not be remembered. File systems that count whole seconds
/// (FAT: two) are given three.
bool has_settled(const FileVersion& version, std::int64_t now_ns);

}  // namespace huxin::watch
