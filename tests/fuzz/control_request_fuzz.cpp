#include <cstdint>
#include <cstdlib>

#include "agent/control/message.hpp"
#include "policy/base/bytes.hpp"

// Whatever comes over the control socket: it is refused or read, and an argument that was taken is
// within its limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto request = huxin::control::parse_request(huxin::as_text({data, size}));
  if (!request) return 0;
  huxin::control::Arguments arguments(*request);
  for (const auto& [name, value] : request->arguments) {
    const std::string_view key(name);
    (void)arguments.flag(key);
    if (arguments.text(key, 16).size() > 16) std::abort();
    for (const auto& path : arguments.paths(key, 4)) {
      if (!path.is_absolute() || path.native().size() > 4096) std::abort();
    }
    const auto path = arguments.path(key);
    if (!path.empty() && !path.is_absolute()) std::abort();
  }
  return 0;
}
