#pragma once
#include <cstddef>
#include <string_view>

/// Where things stand at the front of a file of prints; see DocumentPrints. For the room alone.
namespace huxin::known::prints_file {

inline constexpr std::string_view kMagic = "HUXPRNT1";
inline constexpr std::size_t kDigestAt = 8, kDigestedFrom = 40, kSaltAt = 40, kDocumentsAt = 56,
                             kPrintsAt = 60, kNamesAt = 64, kHeader = 72;

}  // namespace huxin::known::prints_file
