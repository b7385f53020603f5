#pragma once
#include <filesystem>

namespace huxin::test {

/// The folder of compiled patterns that all test programs share, for tests that are not about
/// making them. Whoever comes first compiles; files are replaced in one step, and named by what
/// they hold.
inline std::filesystem::path pattern_cache() { return HUXIN_BINARY_DIR "/tests/patterns"; }

}  // namespace huxin::test
