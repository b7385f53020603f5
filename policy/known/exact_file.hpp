#pragma once
#include <cstddef>
#include <string_view>

/// Where things stand at the front of an exact filter's file; see ExactHeader. For the room alone.
namespace huxin::known::exact_file {

inline constexpr std::string_view kMagic = "HUXEXCT1";
inline constexpr std::size_t kDigestAt = 8, kDigestedFrom = 40, kSaltAt = 40, kKeysAt = 56,
                             kSeedAt = 64, kSegmentLengthAt = 72, kSegmentsAt = 76;

}  // namespace huxin::known::exact_file
