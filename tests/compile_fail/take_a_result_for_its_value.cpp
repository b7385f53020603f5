// A failure cannot be overlooked by taking the result for what it may hold.
#include "policy/base/bytes.hpp"

huxin::Bytes read(std::string_view hex) {
#ifdef MISUSE
  return huxin::from_hex(hex);
#else
  return huxin::from_hex(hex).value_or(huxin::Bytes{});
#endif
}
