#include "agent/extract/ole/shared_strings.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kLook = 1024;  // strings between two looks at the clock

/// XLUnicodeRichExtendedString, [MS-XLS] 2.5.293: formatting runs and phonetic hints follow the
/// characters.
void append_rich_text(std::string& out, ContinuedReader& reader) {
  const std::size_t count = reader.u16();
  const std::uint8_t flags = reader.u8();
  const std::size_t runs = (flags & 8U) != 0 ? reader.u16() : 0;
  const std::size_t phonetic = (flags & 4U) != 0 ? reader.u32() : 0;
  reader.append_text(out, count, (flags & 1U) != 0);
  reader.skip((runs * 4) + phonetic);
}

}  // namespace

void SharedStrings::read(ContinuedReader reader, Extraction& extraction) {
  reader.skip(4);
  const std::size_t count = reader.u32();
  while (ends_.size() < count && !reader.failed() && !extraction.stopped()) {
    append_rich_text(text_, reader);
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    if (ends_.size() % kLook == 0) extraction.check_time();
  }
  if (reader.failed()) extraction.lose("corrupt");
}

std::string_view SharedStrings::at(std::size_t index) const {
  if (index >= ends_.size()) return {};
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(text_).substr(begin, ends_[index] - begin);
}

}  // namespace huxin::extract
