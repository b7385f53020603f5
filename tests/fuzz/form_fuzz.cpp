// Any bytes as a form body, of either kind.
#include "tests/fuzz/extract_checked.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView content(data, size);
  fuzz::extract_checked([&](auto& extraction) { extract::read_form(content, "x", extraction); });
  fuzz::extract_checked(
      [&](auto& extraction) { extract::read_multipart(content, "x", extraction); });
  return 0;
}
