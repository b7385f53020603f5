#pragma once
#include <string_view>

namespace huxin::extract {

/// Says whether content begins with the header of a message (RFC 5322): nothing but fields up to a
/// blank line, and among them a sender and a date in the standard's form, or MIME's own fields (its
/// version, or how an encoded text is to be read), or what mail servers add. A text that has lines
/// like "From:" and a log are none. `head`: the content's start; its header must end within it.
bool looks_like_mail(std::string_view head);

/// Says whether content begins with the envelope line of a mailbox (RFC 4155: "From ", a sender and
/// the time as asctime writes it) and a field behind it.
bool looks_like_mailbox(std::string_view head);

/// Says whether text begins with a header that tells what follows it: an entity of MIME.
bool looks_like_entity(std::string_view head);

/// Says whether a line is such an envelope line.
bool is_envelope(std::string_view line);

}  // namespace huxin::extract
