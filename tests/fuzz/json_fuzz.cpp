// Any bytes as JSON.
#include "tests/fuzz/extract_checked.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView content(data, size);
  fuzz::extract_checked([&](auto& extraction) {
    extract::WholeSource source(content);
    extract::read_json(source, text::Encoding::kUtf8, "x", extraction);
  });
  return 0;
}
