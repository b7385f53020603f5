// An element's number is no level and no plain number.
#include "policy/catalog/catalog.hpp"

huxin::catalog::ElementId first() {
#ifdef MISUSE
  return 1;
#else
  return huxin::catalog::ElementId{1};
#endif
}
