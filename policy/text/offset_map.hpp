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
/// Memory grows with the number of runs, not with the text: a byte each where units are of at most
/// six bytes and few, and 24 for each thirty-two. Stretches are appended in the order of the text.
class OffsetMap {
 public:
  /// Appends a stretch copied byte for byte.
  void copied(std::size_t length) { append({1, 1, length}); }
  /// Appends a stretch of `derived` bytes that stands for `original` bytes (either may be 0),
  /// `times` over.
  void replaced(std::size_t derived, std::size_t original, std::size_t times = 1) {
    append({derived, original, times});
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
  bool identity() const { return last_.count == 0 && base_ == 0; }

  /// Maps through this map, then through `outer` (normalised → decoded → original).
  Span through(const OffsetMap& outer, Span derived) const {
    return outer.original(original(derived));
  }

 private:
  struct Run {
    std::size_t derived_unit = 0;   ///< derived bytes of one unit; 0: the run was left out
    std::size_t original_unit = 0;  ///< original bytes of one unit
    std::size_t count = 0;

    std::size_t derived() const { return derived_unit * count; }
    std::size_t original() const { return original_unit * count; }
    bool same_units(const Run& other) const {
      return derived_unit == other.derived_unit && original_unit == other.original_unit;
    }
  };
  struct Place {
    std::size_t derived = 0;
    std::size_t original = 0;
  };
  /// Where every so-manieth run begins.
  struct Mark {
    Place place;
    std::size_t code = 0;  ///< in codes_
  };
  class Reader;

  void append(const Run& run) {
    if (run.count == 0 || (run.derived_unit | run.original_unit) == 0) return;
    if (last_.same_units(run)) {
      last_.count += run.count;
    } else {
      begin_run(run);
    }
  }
  void begin_run(const Run& run);
  /// The original bytes of the unit that holds the derived byte `at`, which exists.
  Span unit(std::size_t at) const;

  std::vector<std::uint8_t> codes_;  ///< of all runs but the last
  std::vector<Mark> marks_;
  std::size_t coded_ = 0;  ///< runs in codes_
  Place last_begin_;
  Run last_;  ///< may still grow
  std::size_t base_ = 0;
};

}  // namespace huxin::text
