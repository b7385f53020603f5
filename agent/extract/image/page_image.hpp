#pragma once
#include <string>

#include "agent/extract/image/look.hpp"

namespace huxin::extract {

/// Reads what the budget asks for of one picture that is seen: codes in the groups "qr1", "qr2",
/// "barcode1", …; text in `page`, which codes stand below: "p2!qr1". `page` may be empty.
void read_page_image(const Seen& seen, const std::string& page, const std::string& where,
                     Extraction& extraction);

}  // namespace huxin::extract
