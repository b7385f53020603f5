// Any bytes as a compound file: its directory and the workbooks, letters, slides and mails in it.
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
  if (as_text({data, size}).contains("%PDF-")) return 0;
  extract::read_ole({data, size}, "x", extraction);
  return 0;
}
