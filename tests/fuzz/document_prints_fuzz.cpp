// Prints of documents whose bytes are anything: they are refused, or match texts without harm.
#include <cstdlib>

#include "policy/known/print_matcher.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const ByteView file(data, size);
  static_cast<void>(known::check_prints(file));
  auto prints = known::DocumentPrints::open(file);
  known::PrintMatcher plain(nullptr, {1, 2});
  plain.add(as_text(file), "a");
  if (!plain.finish().empty()) std::abort();
  if (!prints) return 0;
  const auto shared = std::make_shared<const known::DocumentPrints>(*std::move(prints));
  known::PrintMatcher matcher(shared, {1, 2});
  matcher.add(as_text(file), "a");
  for (const known::DocumentMatch& match : matcher.finish()) {
    if (!(match.share >= 0 && match.share <= 1)) std::abort();
  }
  for (std::uint32_t print = 0; print < 70'000U; print += 7) {
    const auto [first, last] = shared->find(print << 15U);
    if (first > last || last > shared->prints()) std::abort();
  }
  return 0;
}
