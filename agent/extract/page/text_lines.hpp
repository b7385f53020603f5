#pragma once
#include <string>
#include <vector>

namespace huxin::extract {

/// A piece of text that stands somewhere on a page. Any unit of length, y downwards.
struct PlacedText {
  double x = 0;     ///< of its beginning
  double y = 0;     ///< of its base line
  double end = 0;   ///< x of its end
  double size = 0;  ///< of its letters; more than 0
  std::string text;
};

/// Puts the pieces of a page together to lines as one reads them: from the top, each from the left,
/// with blanks where there is room, so that columns stay columns. At most 64 blanks in a row.
std::vector<std::string> lines_of(std::vector<PlacedText> pieces);

}  // namespace huxin::extract
