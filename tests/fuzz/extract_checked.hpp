#pragma once
#include <cstdint>
#include <cstdlib>
#include <functional>

#include "agent/extract/formats.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::fuzz {

/// Runs a reader within 16 MiB of output and holds it to what it promises: every document is valid
/// UTF-8, its segments in order and inside it.
inline void extract_checked(const std::function<void(extract::Extraction&)>& read) {
  const extract::Budget budget{.max_output = std::size_t{16} << 20U};
  const extract::Sink sink = [](text::Document&& document) {
    if (text::valid_utf8_prefix(document.text) != document.text.size()) std::abort();
    std::size_t before = 0;
    for (const text::Segment& segment : document.segments) {
      if (segment.span.begin < before || segment.span.begin > segment.span.end ||
          segment.span.end > document.text.size())
        std::abort();
      before = segment.span.end;
    }
    return true;
  };
  extract::Extraction extraction(budget, sink);
  read(extraction);
}

}  // namespace huxin::fuzz
