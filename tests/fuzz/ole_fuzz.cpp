// Any bytes as a compound file: its directory and the workbooks, letters, slides and mails in it.
#include "tests/fuzz/extract_checked.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView content(data, size);
  if (as_text(content).contains("%PDF-")) return 0;
  fuzz::extract_checked([&](auto& extraction) { extract::read_ole(content, "x", extraction); });
  return 0;
}
