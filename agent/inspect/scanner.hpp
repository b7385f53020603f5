#pragma once
#include <chrono>
#include <string>

#include "agent/extract/extract.hpp"
#include "policy/base/file.hpp"
#include "policy/detect/enough.hpp"
#include "policy/detect/finding.hpp"
#include "policy/detect/trace.hpp"

namespace huxin::inspect {

/// Where in content that comes in parts a job's file belongs.
struct Part {
  std::uint64_t stream = 0;  ///< the same for all parts, and for nothing else; 0: it comes whole
  std::uint64_t number = 0;  ///< from 0 on; each once, in order
  bool more = false;         ///< this is not the last one
};

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
  Part part{};
};

struct ScanResult {
  extract::Outcome outcome;
  detect::Inspection inspection;
  std::vector<std::string> snippets;  ///< one a finding, for sealed evidence; may be shorter
  detect::Traces traces;              ///< empty unless the job asked for them
  /// The part was taken: what is found is told with the last one, or once there is enough. Else, of
  /// a first part, what it holds by itself; parts to come are refused ("stream_lost").
  bool streaming = false;
};

/// Inspects content away from the privileged process. The implementation is the worker pool of
/// agent/guard; tests use one that runs in place.
///
/// Thread-safe; blocks until the answer or the deadline. Never fails: a crash, an overrun or a
/// missing worker is an outcome (kNotInspected: "worker_crashed", "timeout", "no_worker").
///
/// Content may come in parts, each by a job: plain text is then inspected as it comes and gives
/// what it gives whole, in the memory of a window. A stream that nobody goes on with is dropped for
/// newer ones ("stream_lost", as when its worker ended).
class Scanner {
 public:
  virtual ~Scanner() = default;
  /// Takes the file over.
  virtual ScanResult scan(ScanJob job) = 0;
};

}  // namespace huxin::inspect
