#pragma once
#include <memory>
#include <string>

#include "agent/guard/sandbox.hpp"
#include "policy/base/file.hpp"
#include "policy/detect/detector.hpp"

namespace huxin::guard {

/// Messages of worker.proto.
class WorkerConfig;
class ScanRequest;

/// Where a worker finds what it was born with.
inline constexpr int kWorkerSocket = 3;
inline constexpr int kWorkerConfig = 4;
inline constexpr int kWorkerKnown =
    5;  ///< what the bank knows, where WorkerConfig says that it does

/// Runs a scan worker to its end: builds the detector, enters the sandbox, says it is ready, then
/// answers one request after another until the guardian closes the socket. Returns the exit code.
///
/// `huxin-agent worker scan` calls this, first thing; the process has one thread. 0: the guardian
/// closed the socket; else what went wrong is on standard error, without customer data.
int run_worker();

}  // namespace huxin::guard
