// The first bytes of any connection: no prefix is misread, and no answer changes once it was given.
#include <cstdlib>

#include "agent/watch/network/client_hello.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin::watch;
  const huxin::ByteView whole(data, size);
  const Sniffed final = sniff(whole);
  if (final.opening == Opening::kTls && !final.hello.server_name.empty() &&
      !is_host_name(final.hello.server_name)) {
    std::abort();
  }
  const std::size_t half = size / 2;
  const Opening early = sniff(whole.first(half)).opening;
  // What was decided on a prefix stays decided, unless the length limit came in between.
  if (early != Opening::kNeedMore && early != final.opening && size <= kMaxClientHello)
    std::abort();
  return 0;
}
