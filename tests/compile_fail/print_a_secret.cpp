// A key does not find its way into a log line.
#include "policy/base/secret.hpp"

std::string describe(const huxin::Secret& key) {
#ifdef MISUSE
  return fmt::format("{}", key);
#else
  return fmt::format("{} bytes", key.size());
#endif
}
