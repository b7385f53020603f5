#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "policy/detect/context.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Tells tables that lie on their side: each row begins with a label, and the customers stand side
/// by side (姓名 | 张伟 | 李娜). For one thread; borrows the layout.
class RowHeads {
 public:
  explicit RowHeads(const Layout& layout) : layout_(layout) {}

  /// Looks at the first rows of the table that begins with a cell; once a table, in their order.
  /// `labels` are those of the chunk.
  void look(std::size_t cell, const LabelFinder& labels);

  /// The cell that may label one: the first of its row where its table lies on its side, else the
  /// one on its left; nullopt for the first of a row.
  std::optional<std::size_t> label_of(std::size_t cell) const;
  bool lies_on_side(std::uint32_t group) const;

  /// Says whether a table is a list by its look, once note_list() was told so, in their order.
  bool is_list(std::uint32_t group) const;
  void note_list(std::uint32_t group) { lists_.push_back(group); }

  /// The row that names the columns of the table that begins with a cell, where it is a list by its
  /// look: words in its first row, or below a title, and under them numbers and hardly any label.
  std::optional<std::uint32_t> header_of(std::size_t cell, const LabelFinder& labels) const;

 private:
  struct Row {
    std::size_t cells = 0;   ///< that hold anything
    std::size_t labels = 0;  ///< of them, those that read like labels
    bool headed = false;     ///< the first one does
  };
  std::size_t row_end(std::size_t first) const;
  Row read_row(std::size_t& cell, const LabelFinder& labels) const;

  const Layout& layout_;
  std::vector<std::uint32_t> groups_;  ///< tables that lie on their side, ascending
  std::vector<std::uint32_t> lists_;   ///< lists by their look, ascending
};

}  // namespace huxin::detect
