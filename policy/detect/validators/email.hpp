#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text is an e-mail address in the common part of RFC 5321: an unquoted local part
/// of at most 64 characters, a domain of letters, digits and hyphens under a known top-level
/// domain.
bool is_email(std::string_view text);
/// The two halves of that, before the '@' and behind it.
bool is_mailbox(std::string_view local);
bool is_mail_domain(std::string_view domain);

/// Says whether an e-mail address is no person's: a role's (service@, noreply@), what stands for a
/// name in examples (name@), or a message's own number.
bool is_shared_mailbox(std::string_view address);

}  // namespace huxin::detect
