// Whatever a terminal sends as its PKCS#10 request is taken or refused, without a fault; what is
// taken is a key that can be read again.
#include <cstdlib>

#include "certs/encoding.hpp"
#include "certs/request.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto key = huxin::certs::take_request({data, size});
  if (key && !huxin::certs::parse_public_key(*key)) std::abort();
  return 0;
}
