#include "agent/extract/page/text_lines.hpp"

#include <algorithm>
#include <cmath>

namespace huxin::extract {
namespace {

constexpr double kSameLine = 0.5;  // of the letters' size, between two base lines
constexpr double kTouching = 0.3;  // of the letters' size, between two pieces
constexpr double kMaxBlanks = 64;

std::string line_of(std::vector<PlacedText>::iterator first,
                    std::vector<PlacedText>::iterator last) {
  std::ranges::sort(first, last, {}, &PlacedText::x);
  std::string line;
  double end = first->x;
  for (auto piece = first; piece != last; ++piece) {
    const double room = (piece->x - end) / piece->size;
    if (room > kTouching)  // a blank takes half a letter's size
      line.append(static_cast<std::size_t>(std::clamp(std::round(room * 2), 1.0, kMaxBlanks)), ' ');
    line += piece->text;
    end = std::max(end, piece->end);
  }
  return line;
}

}  // namespace

std::vector<std::string> lines_of(std::vector<PlacedText> pieces) {
  std::ranges::sort(pieces, {}, &PlacedText::y);
  std::vector<std::string> lines;
  for (auto first = pieces.begin(); first != pieces.end();) {
    const double below = first->y + (first->size * kSameLine);
    const auto last =
        std::find_if(first, pieces.end(), [&](const PlacedText& piece) { return piece.y > below; });
    lines.push_back(line_of(first, last));
    first = last;
  }
  return lines;
}

}  // namespace huxin::extract
