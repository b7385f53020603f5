#include <cstdint>
#include <cstdlib>

#include "agent/watch/mounts.hpp"
#include "agent/watch/path_filter.hpp"
#include "policy/base/bytes.hpp"
#include "policy/text/utf8.hpp"

// Mount points are named by whoever may mount, files by anybody.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = huxin::as_text({data, size});
  for (const auto& mount : huxin::watch::parse_mounts(text)) {
    if (mount.point.empty()) std::abort();
    const std::string name = huxin::watch::to_utf8(mount.point);
    if (huxin::text::valid_utf8_prefix(name) != name.size()) std::abort();
  }
  return 0;
}
