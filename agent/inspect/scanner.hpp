#pragma once
#include <chrono>
#include <string>

#include "agent/extract/extract.hpp"
#include "policy/base/file.hpp"
#include "policy/detect/enough.hpp"
#include "policy/detect/finding.hpp"
#include "policy/detect/trace.hpp"

namespace huxin::inspect {

struct ScanJob {
  Fd file;           ///< readable; a file, or a memfd for what came from elsewhere
  std::string name;  ///< starts the provenance
  /// From the call on, the wait for a worker included.
  std::chrono::milliseconds deadline{5000};
  bool urgent = false;  ///< somebody waits (an open, an upload): goes ahead of background work
  std::size_t max_traces =
      0;  ///< how many are wanted, at most detect::kMaxTraces; 0: nobody asks why
  /// When only a verdict is wanted: where looking may end. Inspection::stopped says whether it did.
  detect::Enough enough{};
};

struct ScanResult {
  extract::Outcome outcome;
  detect::Inspection inspection;
  std::vector<std::string> snippets;  ///< one a finding, for sealed evidence; may be shorter
  detect::Traces traces;              ///< empty unless the job asked for them
};

/// Inspects content away from the privileged process. The implementation is the worker pool of
/// agent/guard; tests use one that runs in place.
///
/// Thread-safe; blocks until the answer or the deadline. Never fails: a crash, an overrun or a
/// missing worker is an outcome (kNotInspected: "worker_crashed", "timeout", "no_worker").
class Scanner {
 public:
  virtual ~Scanner() = default;
  /// Takes the file over.
  virtual ScanResult scan(ScanJob job) = 0;
};

}  // namespace huxin::inspect
