#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "policy/base/file_version.hpp"

namespace huxin::agent {

/// The file versions somebody is at work on, so that the watcher and a sweep do not judge one
/// twice.
///
/// Thread-safe; outlives its claims. As many as there are threads and waiting retries.
class InFlight {
 public:
  /// Held from before a version is looked up until it is settled; empty when another thread has it.
  using Claim = std::shared_ptr<const FileVersion>;
  /// Released when the last copy of the claim is dropped, on whatever thread that is.
  Claim claim(const FileVersion& version);

 private:
  void release(const FileVersion& version);

  std::mutex mutex_;
  std::vector<FileVersion> versions_;
};

}  // namespace huxin::agent
