// Any bytes as a table in text.
#include "tests/fuzz/extract_checked.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView content(data, size);
  fuzz::extract_checked([&](auto& extraction) {
    extract::WholeSource source(content);
    extract::read_csv(source, text::guess_encoding(content), "x", extraction);
  });
  return 0;
}
