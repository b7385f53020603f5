#pragma once
#include <string_view>

namespace huxin::extract {

/// Says whether text begins with a contact card (vCard 2.1; 3.0, RFC 2426; 4.0, RFC 6350): its
/// first line that is not blank is BEGIN:VCARD, in any case.
bool looks_like_vcard(std::string_view head);

}  // namespace huxin::extract
