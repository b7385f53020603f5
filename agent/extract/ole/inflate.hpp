#pragma once
#include "agent/extract/extraction.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// Unpacks a zlib stream (RFC 1950), charged to the extraction as it comes. As far as it goes where
/// it is broken ("corrupt").
Bytes inflate(ByteView packed, Extraction& extraction);

}  // namespace huxin::extract
