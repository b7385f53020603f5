#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "policy/base/result.hpp"

namespace huxin::agent::cli {

/// What `huxin-agent scan` or `huxin-agent explain` was asked for.
struct ScanOptions {
  /// Files and folders; "-": standard input.
  std::vector<std::string> paths;
  /// A line of JSON a file instead of the table.
  bool json = false;
  /// Values in the clear: needs no agent, and leaves no record.
  bool reveal = false;
  bool stats = false;
  /// Why each thing was reported or was not, instead of the findings.
  bool explain = false;
  double min_confidence = -1;  ///< below 0: the policy's, or 0.5
  unsigned jobs = 0;           ///< 0: one a core
  /// YAML; empty: the default inspection settings and the built-in catalogue
  std::filesystem::path policy;
  /// The agent's folder: the list of customers in its bundle is asked where it may be read.
  std::filesystem::path state;
};

struct ScanAnswer {
  /// At least one finding of the least confidence.
  bool found = false;
  std::size_t errors = 0;  ///< files that could not be read, and workers that broke
};

/// Scans and prints. Fails when nothing can be scanned at all: a bad policy, no worker. Works
/// without a running agent and without root: it starts workers of its own. A list of customers that
/// may not be read, or is broken, is said on standard error, and the scan goes on without it.
/// Results are printed in the order of targets, whatever order they end in.
Result<ScanAnswer> run_scan(const ScanOptions& options);

}  // namespace huxin::agent::cli
