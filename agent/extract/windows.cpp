#include "agent/extract/windows.hpp"

namespace huxin::extract {

void for_each_window(Source& source, text::Encoding encoding, Extraction& extraction,
                     const std::function<void(Window&&)>& use) {
  text::WindowReader reader(encoding);
  while (!extraction.stopped()) {
    auto window = reader.last(source.from(reader.begin(), kWindow));
    if (!window) return;
    use(*std::move(window));
    extraction.check_time();
  }
}

}  // namespace huxin::extract
