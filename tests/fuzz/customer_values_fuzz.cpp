// A table of customers whose bytes are anything: faults are told, or a filter comes of it.
#include <cstdlib>

#include "collector/import/customer_values.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  static const auto catalog = catalog::Catalog::builtin();
  known::ExactBuilder builder(Bytes(32, 1), Bytes(known::ExactHeader::kSaltSize, 1), 1);
  const auto values = imports::read_customer_values(
      {data, size}, {.named = {}, .skip_invalid = true, .now = Time{}}, *catalog, builder);
  if (!values || !values->faults.ok()) return 0;
  const auto file = builder.build();
  if (!file || !known::check_exact(*file)) std::abort();
  return 0;
}
