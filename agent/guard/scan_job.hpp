#pragma once
#include <functional>

#include "agent/extract/extract.hpp"
#include "agent/guard/stream_table.hpp"
#include "agent/guard/worker.pb.h"
#include "policy/base/file.hpp"
#include "policy/detect/detector.hpp"
#include "policy/known/print_matcher.hpp"

namespace huxin::guard {

/// Inspects one descriptor as a request asks: extract, detect, gather. Runs inside the cage.
///
/// One thread; borrows detector, context and the matcher of documents. The answer comes in packets
/// small enough to send, all but the last with `more` set.
class ScanJobRunner {
 public:
  using Send = std::function<bool(const ScanReply&)>;

  ScanJobRunner(const detect::Detector& detector, detect::ScanContext& context,
                known::PrintMatcher& documents)
      : detector_(detector), context_(context), documents_(documents) {}

  /// False from `send` (the guardian has gone) ends the answer.
  /// A file that shrank meanwhile is partly inspected ("changed"), as is one that the detector gave
  /// up on ("detector_failed"); one that cannot be read is not inspected ("unreadable"), nor a pipe
  /// with more than max_bytes ("too_large").
  /// A part of a stream is taken and answered when it is the last one, or there is enough.
  void run(const ScanRequest& request, const Fd& file, const Send& send);

 private:
  void run_part(const ScanRequest& request, ByteView bytes, const Send& send);
  TextInParts& begin(const ScanRequest& request);
  void end(const ScanRequest& request, TextInParts& stream, const Send& send);

  const detect::Detector& detector_;
  detect::ScanContext& context_;
  known::PrintMatcher& documents_;
  StreamTable streams_;
};

/// What a request allows extraction to spend. Limits of 0 stand for the budget's own. With less
/// than 1.5 s text in pictures is not recognised, whatever the request says: a page takes longer.
extract::Budget budget_of(const ScanRequest& request);
/// When a request lets looking end, and the same written into one.
detect::Enough enough_of(const ScanRequest& request);
void add_enough(const detect::Enough& enough, ScanRequest& request);

}  // namespace huxin::guard
