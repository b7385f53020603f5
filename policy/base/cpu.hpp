#pragma once

namespace huxin {

/// Whether this CPU has AVX2: what is written for it has a portable twin that gives the same.
inline bool has_avx2() {
#if defined(__x86_64__)
  static const bool kHas = __builtin_cpu_supports("avx2") != 0;
  return kHas;
#else
  return false;
#endif
}

}  // namespace huxin
