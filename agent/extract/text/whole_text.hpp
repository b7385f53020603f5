#pragma once
#include <string>
#include <string_view>

#include "policy/text/decode.hpp"

namespace huxin::extract {

/// A text as UTF-8, as a whole: in place where it is that already, else decoded into memory. A
/// byte-order mark is no part of it.
class WholeText {
 public:
  /// Borrows the content.
  WholeText(ByteView content, text::Encoding encoding);
  WholeText(const WholeText&) = delete;
  WholeText& operator=(const WholeText&) = delete;

  std::string_view text() const { return text_; }

 private:
  std::string decoded_;
  std::string_view text_;
};

}  // namespace huxin::extract
