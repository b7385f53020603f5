#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace huxin::watch {

/// A configured path that is not watched now, and why; no reason: there is nothing at the path.
struct BlindPlace {
  std::string path;
  std::string reason;
};

/// Says how much of what a policy names is watched: "ok", or "degraded: 2 of 3 guarded paths
/// missing: /a, /b; 1 not guarded: /c (…)". `adjective` is "guarded" or "watched". Names as many
/// paths as fit in 400 bytes, and the number of the others. Valid UTF-8.
std::string describe_coverage(std::string_view adjective, std::size_t configured,
                              std::span<const BlindPlace> blind);

}  // namespace huxin::watch
