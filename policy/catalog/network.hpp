#pragma once
#include <optional>
#include <string_view>

namespace huxin::catalog {

/// Says whether a label is a top-level domain, of any case; internationalised ones in ASCII
/// (xn--…). As of the date in data/: new ones are missed.
bool is_tld(std::string_view label);

/// Says whether the local part of an e-mail address, of any case, is a role's or stands for a name
/// in examples: service, noreply, name.
bool is_shared_mailbox(std::string_view local);

/// Length of an IBAN of a country (two capital letters), check digits included; nullopt when the
/// country has none. ISO 13616 registry.
std::optional<int> iban_length(std::string_view country);

/// Says whether two capital letters are a country's code of ISO 3166-1 (or XK).
bool is_country(std::string_view code);

}  // namespace huxin::catalog
