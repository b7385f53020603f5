#pragma once
#include <optional>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// Unpacks the RTF body of a message ([MS-OXRTFCP] 2.2): at most nine times as long as what it is
/// packed in. As far as it goes where it is cut; nullopt for what is no such body.
std::optional<Bytes> unpack_rtf(ByteView packed, std::size_t limit = SIZE_MAX);

}  // namespace huxin::extract
