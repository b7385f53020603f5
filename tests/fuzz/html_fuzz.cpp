// Any bytes as a page.
#include <cstdint>
#include <cstdlib>

#include "agent/extract/formats.hpp"
#include "policy/text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const extract::Budget budget{.max_output = std::size_t{16} << 20U};
  const extract::Sink sink = [](text::Document&& document) {
    if (text::valid_utf8_prefix(document.text) != document.text.size()) std::abort();
    for (const text::Segment& segment : document.segments) {
      if (segment.span.begin > segment.span.end || segment.span.end > document.text.size())
        std::abort();
    }
    return true;
  };
  extract::Extraction extraction(budget, sink);
  extract::read_html({data, size}, text::Encoding::kUtf8, "x", extraction);
  return 0;
}
