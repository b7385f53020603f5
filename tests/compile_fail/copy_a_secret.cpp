// A second copy of a key is made by name or not at all.
#include "policy/base/secret.hpp"

huxin::Secret keep(const huxin::Secret& key) {
#ifdef MISUSE
  return key;
#else
  return key.duplicate();
#endif
}
