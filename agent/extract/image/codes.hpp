#pragma once
#include <string>
#include <vector>

#include "agent/extract/image/grey_image.hpp"

namespace huxin::extract {

/// A code that a machine reads.
struct Code {
  bool matrix = true;  ///< QR, Data Matrix, Aztec and PDF417; else bars
  std::string text;    ///< UTF-8
};

struct Codes {
  std::vector<Code> read;
  bool more = false;  ///< there are more of them than are read
};

/// Looks for QR codes (ISO/IEC 18004, and Micro QR), Data Matrix, Aztec, PDF417, and for Code 128,
/// Code 39, Code 93 and EAN-13 bars, in any of four directions; the first 64. ITF and Codabar are
/// left out: stripes and tables read as such. Throws nothing but bad_alloc.
/// Takes as long as it takes: the time is cubic in the corners that QR codes might have.
Codes read_codes(const GreyImage& image);

}  // namespace huxin::extract
