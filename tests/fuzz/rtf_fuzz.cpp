// Any bytes as Rich Text Format.
#include "tests/fuzz/extract_checked.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView content(data, size);
  fuzz::extract_checked([&](auto& extraction) { extract::read_rtf(content, "x", extraction); });
  return 0;
}
