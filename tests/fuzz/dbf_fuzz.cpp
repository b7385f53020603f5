// Any bytes as a DBF table.
#include <cstdint>
#include <cstdlib>

#include "agent/extract/formats.hpp"
#include "policy/text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const extract::Budget budget{.max_output = std::size_t{16} << 20U};
  const extract::Sink sink = [](text::Document&& document) {
    if (text::valid_utf8_prefix(document.text) != document.text.size()) std::abort();
    return true;
  };
  extract::Extraction extraction(budget, sink);
  extract::read_dbf({data, size}, "x", extraction);
  return 0;
}
