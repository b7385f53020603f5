// Any bytes, by sniffing: archives, documents and all the rest but what needs a program.
#include "tests/fuzz/extract_checked.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView content(data, size);
  if (as_text(content).contains("%PDF-")) return 0;
  fuzz::extract_checked([&](auto& extraction) { extract::read_any(content, "x", extraction); });
  return 0;
}
