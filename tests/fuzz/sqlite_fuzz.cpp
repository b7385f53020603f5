// Any bytes as an SQLite file; the magic is put in front, for without it nothing is read.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "agent/extract/formats.hpp"
#include "policy/text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const extract::Budget budget{.max_output = std::size_t{16} << 20U,
                               .deadline = std::chrono::milliseconds(500)};
  const extract::Sink sink = [](text::Document&& document) {
    if (text::valid_utf8_prefix(document.text) != document.text.size()) std::abort();
    return true;
  };
  static constexpr std::string_view kMagic("SQLite format 3\0", 16);
  Bytes file(data, data + size);
  std::copy_n(kMagic.begin(), std::min(file.size(), kMagic.size()), file.begin());
  extract::Extraction extraction(budget, sink);
  extract::read_sqlite(file, "x", extraction);
  return 0;
}
