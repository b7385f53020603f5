#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Tells the columns of a table that hold people's names by their cells alone, whatever their
/// header says or whether they have one: nine of ten cells are names that would pass beside an
/// identity number. Looks at the first kLook cells of each column in a chunk. One thread.
class NameColumns {
 public:
  /// Looks at the cells that begin in `chunk`; forgets the last one's. Only for tables.
  void look(const Layout& layout, const Span& chunk);
  bool holds_names(std::uint32_t column) const;

 private:
  static constexpr std::uint32_t kLook = 64;
  static constexpr std::uint32_t kLeast = 5;
  static constexpr std::uint32_t kMaxColumns = 256;

  struct Column {
    std::uint32_t cells = 0;
    std::uint32_t names = 0;
  };

  std::vector<Column> columns_;
  std::size_t cell_ = 0;  ///< the next one to be looked at
};

}  // namespace huxin::detect
