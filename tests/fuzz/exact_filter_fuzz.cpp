// A filter of customers whose bytes are anything: it is refused, or answers.
#include "policy/known/exact_filter.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView file(data, size);
  static_cast<void>(known::check_exact(file));
  const auto filter = known::ExactFilter::open(file, {1, 2});
  if (!filter) return 0;
  // Any text may be asked for, that of the file too.
  for (std::uint16_t element = 0; element < 90; ++element) {
    const known::Value value{catalog::ElementId{element},
                             std::string(as_text(file).substr(0, element))};
    static_cast<void>(filter->contains(value));
    static_cast<void>(filter->contains(value, value));
  }
  return 0;
}
