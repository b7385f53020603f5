// Bytes read as a digest list: what is taken is sorted, within its limits, and comes back the same.
#include <algorithm>
#include <cstdlib>

#include "policy/bundle/digest_list.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  const auto list = bundle::DigestList::parse({data, size});
  if (!list) return 0;
  if (list->entries().size() > bundle::DigestList::kMostEntries) std::abort();
  for (const bundle::DigestEntry& entry : list->entries()) {
    if (entry.until <= entry.from) std::abort();
    if (list->at(entry.digest, entry.from) != bundle::Standing::kInForce) std::abort();
  }
  const auto back = bundle::DigestList::parse(list->serialise());
  if (!back || back->entries() != list->entries()) std::abort();
  return 0;
}
