#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/extract/archive/archive.hpp"
#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

inline constexpr std::string_view kWorkbook = "xl/workbook.xml";
inline constexpr std::string_view kSharedStrings = "xl/sharedStrings.xml";

/// What the sheets of a workbook refer to (ECMA-376 part 1, 18): names and shared strings.
struct Workbook {
  std::map<std::string, std::string, std::less<>>
      sheet_names;      ///< part ("xl/worksheets/sheet1.xml") → name
  std::string strings;  ///< every shared string, one after another
  /// Where each string ends in `strings`; it begins where the one before it ends.
  std::vector<std::size_t> string_ends;

  /// A shared string by index; empty beyond the table.
  std::string_view shared(std::size_t index) const;
};

/// Reads the small parts and the shared strings in a pass of their own: archives may hold them
/// behind the sheets. Hidden sheets are sheets like others. What is missing or broken leaves the
/// book short of it, with the loss "corrupt".
Workbook read_workbook(ByteView content, Extraction& extraction);

}  // namespace huxin::extract
