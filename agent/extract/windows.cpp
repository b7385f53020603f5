#include "agent/extract/windows.hpp"

namespace huxin::extract {

void for_each_window(Source& source, text::Encoding encoding, Extraction& extraction,
                     const std::function<void(Window&&)>& use, std::size_t size) {
  text::WindowReader reader(encoding, size);
  while (!extraction.stopped()) {
    auto window = reader.last(source.from(reader.begin(), size));
    if (!window) return;
    use(*std::move(window));
    extraction.check_time();
  }
}

}  // namespace huxin::extract
