#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::detect {

/// Where the extension ends that stands behind a telephone number ending at `end`: -801, 转801,
/// 分机：801, ext. 801, x801, #801; one to six digits. `end` itself where there is none. Bytes of
/// the normalised text.
std::size_t extension_end(std::string_view text, std::size_t end);

}  // namespace huxin::detect
