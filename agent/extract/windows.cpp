#include "agent/extract/windows.hpp"

#include <bit>

#include "policy/text/byte_block.hpp"

namespace huxin::extract {
namespace {

constexpr std::size_t kStretch = 4096;
constexpr std::size_t kBytesAControl = 20;

// But what ends lines and pages, rings, tabulates and begins a terminal's commands.
std::size_t controls_in(const char* bytes) {
  const text::ByteBlock block(bytes);
  return static_cast<std::size_t>(
      std::popcount(block.between(1, 6) | block.between(14, 26) | block.between(28, 31)));
}

// Compressed data has a control character in ten bytes; a text has none. Where a log was cut off
// and written on there may be a hole of zeros, in which nothing hides.
bool holds_binary(std::string_view text) {
  for (; text.size() >= kStretch; text.remove_prefix(kStretch)) {
    std::size_t controls = 0;
    for (std::size_t at = 0; at < kStretch; at += text::ByteBlock::kSize)
      controls += controls_in(text.data() + at);
    if (controls * kBytesAControl > kStretch) return true;
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
