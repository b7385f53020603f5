#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "policy/base/bytes.hpp"

namespace huxin::text {

/// Maps offsets of derived text back to the bytes it was derived from, as a run-length list. A run
/// is a stretch of equal units: one byte to one byte where text was copied, or so many derived
/// bytes that all stand for so many original bytes (a character re-encoded: three to two for
/// GB18030).
///
/// An empty map is the identity. Immutable once built; share freely.
/// Memory grows with the number of runs, 16 bytes each, not with the text. Stretches are appended
/// in the order of the text. Offsets of 4 GiB and more count as 4 GiB - 1; a text is at most 1 GiB.
class OffsetMap {
 public:
  /// Makes room for `runs`, or for as many as an inspected window can have. Memory that is not used
  /// is not touched; growing step by step would touch it three times.
  void expect(std::size_t runs);
  /// Appends a stretch copied byte for byte.
  void copied(std::size_t length) { append(1, 1, length); }
  /// Appends a stretch of `derived` bytes that stands for `original` bytes (either may be 0),
  /// `times` over.
  void replaced(std::size_t derived, std::size_t original, std::size_t times = 1) {
    append(derived, original, times);
  }
  /// Appends another map, of `length` derived bytes, whose original follows at once. The tail's
  /// start_at() does not count; `length` is used where the tail is the identity.
  void then(const OffsetMap& tail, std::size_t length);
  /// Starts the original at `offset` instead of 0 (a byte-order mark, a window of a larger file).
  void start_at(std::size_t offset) { base_ = offset; }

  /// The original bytes of a derived span: from the start of its first character to the end of its
  /// last. What was left out before or after the span is not part of it. An empty span maps to an
  /// empty one; offsets past the end count as the end.
  Span original(Span derived) const;
  bool identity() const { return runs_.empty() && base_ == 0; }

  /// Maps through this map, then through `outer` (normalised → decoded → original).
  Span through(const OffsetMap& outer, Span derived) const {
    return outer.original(original(derived));
  }

 private:
  struct Run {
    std::uint32_t derived;        ///< where the run starts in derived text
    std::uint32_t original;       ///< where it starts in the original, less base_
    std::uint32_t derived_unit;   ///< derived bytes of one unit; 0: the run was left out
    std::uint32_t original_unit;  ///< original bytes of one unit

    /// Where the unit holding the derived byte `at` starts in the original.
    std::size_t unit_start(std::size_t at) const {
      return derived_unit == 0 ? original
                               : original + (at - derived) / derived_unit * original_unit;
    }
  };

  void begin_run(std::size_t derived, std::size_t original, std::size_t derived_unit,
                 std::size_t original_unit);
  void append(std::size_t derived_unit, std::size_t original_unit, std::size_t count);
  const Run& run_at(std::size_t derived) const;

  std::vector<Run> runs_;
  std::size_t derived_end_ = 0;
  std::size_t original_end_ = 0;
  std::size_t base_ = 0;
};

}  // namespace huxin::text
