#include "agent/extract/text/whole_text.hpp"

#include "policy/text/utf8.hpp"

namespace huxin::extract {

WholeText::WholeText(ByteView content, text::Encoding encoding) : text_(as_text(content)) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (encoding == text::Encoding::kUtf8) {
    if (text_.starts_with(kMark)) text_.remove_prefix(kMark.size());
    if (text::valid_utf8_prefix(text_) == text_.size()) return;
  }
  decoded_ = text::decode(content, encoding).text;
  text_ = decoded_;
}

}  // namespace huxin::extract
