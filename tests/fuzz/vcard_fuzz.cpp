// Any bytes as contact cards, in UTF-8 and in GB 18030.
#include "tests/fuzz/extract_checked.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView content(data, size);
  fuzz::extract_checked([&](auto& extraction) {
    for (const auto encoding : {text::Encoding::kUtf8, text::Encoding::kGb18030})
      extract::read_vcard(content, encoding, "x", extraction);
  });
  return 0;
}
