#pragma once
#include <list>
#include <memory>
#include <string>

#include "agent/guard/snippets.hpp"
#include "policy/detect/text_stream.hpp"
#include "policy/known/print_matcher.hpp"

namespace huxin::guard {

/// One plain text that comes in parts, between two of them.
struct TextInParts {
  TextInParts(const detect::Detector& detector, detect::ScanContext& context,
              const known::PrintMatcher& matcher, Time today, const std::string& where,
              const detect::Enough& enough);

  std::uint64_t id = 0;
  std::uint64_t next = 1;   ///< number of the part to come
  std::uint64_t bytes = 0;  ///< taken so far
  bool failed = false;      ///< the detector gave up
  known::PrintMatcher documents;
  Snippets snippets;
  detect::TextStream text;  ///< shows its windows to the two above
};

/// The streams that one scan worker has begun: at most kMost, each with a window of text and what
/// was found. One thread.
class StreamTable {
 public:
  static constexpr std::size_t kMost = 8;

  /// Takes a stream that was begun; the one that waited longest gives way.
  TextInParts& begin(std::unique_ptr<TextInParts> stream);
  /// The stream that this part belongs to; null: it is not there, or another part is due, and the
  /// stream is lost.
  TextInParts* find(std::uint64_t id, std::uint64_t part);
  void end(std::uint64_t id);

 private:
  std::list<std::unique_ptr<TextInParts>> streams_;  ///< that which waited longest first
};

}  // namespace huxin::guard
