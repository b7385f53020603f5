#pragma once

namespace huxin::test {

/// How much longer work may take where sanitizers watch it.
#ifdef HUXIN_SANITIZED
inline constexpr int kSlower = 20;
#else
inline constexpr int kSlower = 1;
#endif

}  // namespace huxin::test
