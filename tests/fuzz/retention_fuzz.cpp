// YAML given to the reader of retention tables.
#include "policy/base/bytes.hpp"
#include "policy/retention/judge.hpp"

using namespace huxin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto table = retention::Table::parse(as_text({data, size}), "fuzz");
  if (!table) return 0;
  std::vector<catalog::ElementId> elements;
  for (std::uint16_t id = 1; id < 90; ++id) elements.push_back(catalog::ElementId{id});
  const Time newest{std::chrono::days(20'000)};
  (void)retention::judge(*table, {.elements = elements, .newest = newest}, newest);
  return 0;
}
