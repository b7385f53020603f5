// Any bytes as a catalogue: read or refused with a place, never a crash.
#include <cstdlib>

#include "policy/base/bytes.hpp"
#include "policy/catalog/catalog.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto catalog = huxin::catalog::Catalog::parse(huxin::as_text({data, size}), "fuzz.yaml");
  if (!catalog && !catalog.error().context.starts_with("fuzz.yaml:")) std::abort();
  if (catalog && (*catalog)->elements().empty()) std::abort();
  return 0;
}
