#pragma once
// One passage for every element, D01 to D86 but for those that file names tell: a value, alone or
// in what it takes to be told.
#include <string>
#include <string_view>
#include <vector>

namespace huxin::detect::test {

struct Passage {
  std::string element;  ///< "D01"
  std::string before;
  std::string value;  ///< as written; empty where no single place is the value
  std::string behind;
  std::string found;  ///< the finding's value; empty where it is not told

  std::string text() const { return before + value + behind; }
};

/// Made once; the order is that of the elements.
const std::vector<Passage>& passages();

}  // namespace huxin::detect::test
