#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Counts numbers by their length, column by column, so that a number is judged by its company:
/// where one in fifteen of the numbers of eleven digits would pass for a mobile, as of meter
/// readings or volumes of trade, none of them is one; where all do, all are. In plain text the
/// blocks that a blank line ends, or 512 bytes without a number, count as columns. For one chunk;
/// its memory is bounded by kMaxColumns.
class ShapeCounts {
 public:
  void clear();
  /// Counts a number of digits without separators that begins at `begin`.
  void see(const Layout& layout, std::size_t begin, std::size_t digits);
  /// How many numbers of so many digits it has seen.
  std::uint32_t numbers(std::size_t digits) const;
  /// Adds to the doubt of every candidate that is a number of such a length alone, as far as chance
  /// explains how many of its column pass. Numbers that hardly any other passes for (identity
  /// numbers, IBAN) are left alone.
  void add_doubts(const Layout& layout, std::span<Candidate> candidates);

 private:
  static constexpr std::size_t kLongest = 19;
  static constexpr std::size_t kClasses = 3;  ///< mobiles, cards, landlines
  static constexpr std::size_t kMaxColumns = 256;

  struct Column {
    std::array<std::uint32_t, kLongest + 1> numbers{};                      ///< by length
    std::array<std::array<std::uint32_t, kLongest + 1>, kClasses> valid{};  ///< by class, length
  };

  static int class_of(Kind kind);
  std::size_t column_of(const Layout& layout, std::size_t offset) const;
  void begin_block(const Layout& layout, std::size_t begin);
  Column* column(const Layout& layout, std::size_t offset);

  std::vector<Column> columns_;
  std::vector<std::size_t> blocks_;  ///< of plain text: where each begins
  std::size_t last_ = 0;             ///< where the number before ends
};

}  // namespace huxin::detect
