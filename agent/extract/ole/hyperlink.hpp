#pragma once
#include <string>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// What a hyperlink of a sheet shows and where it leads, one a line: a HyperlinkObject
/// ([MS-OSHARED] 2.3.7.1), as far as it goes. Of paths to files nothing.
std::string hyperlink_text(ByteView object);

}  // namespace huxin::extract
