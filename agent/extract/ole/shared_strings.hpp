#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "agent/extract/extraction.hpp"
#include "agent/extract/ole/biff.hpp"

namespace huxin::extract {

/// The strings that the cells of a workbook share (SST, [MS-XLS] 2.4.265).
class SharedStrings {
 public:
  /// Takes the table; a broken one loses "corrupt" and is kept as far as it goes.
  void read(ContinuedReader reader, Extraction& extraction);
  /// Empty beyond the table.
  std::string_view at(std::size_t index) const;
  std::size_t size() const { return ends_.size(); }

 private:
  std::string text_;  ///< every string, one after another
  std::vector<std::uint32_t> ends_;
};

}  // namespace huxin::extract
