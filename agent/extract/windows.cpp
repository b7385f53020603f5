#include "agent/extract/windows.hpp"

#include <algorithm>

namespace huxin::extract {
namespace {

constexpr std::size_t kBlock = 4096;
constexpr std::size_t kBytesAControl = 20;

bool is_control(char c) { return c > 0 && c < ' ' && (c < '\a' || c > '\r') && c != '\x1b'; }

// Compressed data has a control character in ten bytes; a text has none. Where a log was cut off
// and written on there may be a hole of zeros, in which nothing hides.
bool holds_binary(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(std::min(kBlock, text.size()))) {
    const std::string_view block = text.substr(0, kBlock);
    const auto controls = static_cast<std::size_t>(std::ranges::count_if(block, is_control));
    if (block.size() == kBlock && controls * kBytesAControl > kBlock) return true;
  }
  return false;
}

}  // namespace

void for_each_window(Source& source, text::Encoding encoding, Extraction& extraction,
                     const std::function<void(Window&&)>& use, std::size_t size) {
  text::WindowReader reader(encoding, size);
  while (!extraction.stopped()) {
    auto window = reader.last(source.from(reader.begin(), size));
    if (!window) return;
    if (holds_binary(window->decoded.text)) extraction.lose("unsupported");
    use(*std::move(window));
    extraction.check_time();
  }
}

}  // namespace huxin::extract
