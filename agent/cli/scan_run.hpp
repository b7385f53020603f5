#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "policy/base/result.hpp"

namespace huxin::agent::cli {

/// What `huxin-agent scan` was asked for.
struct ScanOptions {
  std::vector<std::string> paths;
  bool json = false;
  bool reveal = false;
  bool stats = false;
  double min_confidence = -1;  ///< below 0: the policy's, or 0.5
  unsigned jobs = 0;           ///< 0: one a core
  std::filesystem::path policy;
};

struct ScanAnswer {
  bool found = false;
  std::size_t errors = 0;  ///< files that could not be read, and workers that broke
};

/// Scans and prints. Fails when nothing can be scanned at all: a bad policy, no worker.
Result<ScanAnswer> run_scan(const ScanOptions& options);

}  // namespace huxin::agent::cli
