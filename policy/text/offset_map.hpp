#pragma once
#include <cstddef>
#include <vector>

#include "policy/base/bytes.hpp"

namespace huxin::text {

/// Maps offsets of derived text back to the bytes it was derived from, as a run-length list:
/// within a run, one derived byte step is `1/1` original bytes (copied) or the run is a unit whose
/// derived bytes all stand for the same original bytes (one character re-encoded).
///
/// An empty map is the identity. Immutable once built; share freely.
class OffsetMap {
 public:
  /// Appends a stretch copied byte for byte.
  void copied(std::size_t length);
  /// Appends a stretch of `derived` bytes that stands for `original` bytes (either may be 0).
  void replaced(std::size_t derived, std::size_t original);
  /// Starts the original at `offset` instead of 0 (a byte-order mark, a window of a larger file).
  void start_at(std::size_t offset);

  /// The original bytes of a derived span: from the start of its first character to the end of its
  /// last.
  Span original(Span derived) const;
  bool identity() const { return runs_.empty() && base_ == 0; }

  /// Maps through this map, then through `outer` (normalised → decoded → original).
  Span through(const OffsetMap& outer, Span derived) const { return outer.original(original(derived)); }

 private:
  struct Run {
    std::size_t derived;    ///< where the run starts in derived text
    std::size_t original;   ///< where it starts in the original, less base_
    bool copied;            ///< bytes correspond one to one
  };
  std::vector<Run> runs_;
  std::size_t derived_end_ = 0;
  std::size_t original_end_ = 0;
  std::size_t base_ = 0;
};

}  // namespace huxin::text
