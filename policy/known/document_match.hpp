#pragma once
#include <string>

namespace huxin::known {

/// One of the bank's documents, as far as it was seen again.
struct DocumentMatch {
  std::string name;   ///< "合同/授信.docx": its path below the folder that was built of
  double share = 0;   ///< of its own text, what many documents share left out; 0 to 1
  std::string where;  ///< of the first piece: "list.zip!memo.docx"
};

}  // namespace huxin::known
