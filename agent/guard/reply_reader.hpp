#pragma once
#include "agent/guard/worker.pb.h"
#include "agent/inspect/scanner.hpp"

namespace huxin::guard {

/// Puts a worker's replies together into a result, trusting none of it: wrong ids, impossible
/// values and more findings or traces than were asked for end the conversation.
class ReplyReader {
 public:
  /// `id`: of the request that was sent.
  ReplyReader(std::uint64_t id, std::size_t max_findings, std::size_t max_traces = 0)
      : id_(id), max_findings_(max_findings) {
    result_.traces.limit = max_traces;
  }

  /// Takes one packet; kProtocol when it is not what a worker says. Spans need not lie in any text.
  /// Places and names are made printable, whatever the worker let through; values are as they were
  /// found. A place has at most 2,048 bytes, a value 1,024, before that.
  Status take(const std::string& packet);
  /// True when the last packet has come.
  bool complete() const { return complete_; }
  /// Once complete.
  inspect::ScanResult result() && { return std::move(result_); }

 private:
  Status take_finding(ScanFinding& finding);
  Status take_trace(ScanTrace& trace);
  Status take_documents(ScanReply& reply);
  Status take_totals(const ScanReply& reply);

  std::uint64_t id_;
  std::size_t max_findings_;
  bool complete_ = false;
  inspect::ScanResult result_;
};

}  // namespace huxin::guard
