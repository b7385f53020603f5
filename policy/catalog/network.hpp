#pragma once
#include <optional>
#include <string_view>

namespace huxin::catalog {

/// Says whether a label is a top-level domain, of any case; internationalised ones in ASCII
/// (xn--…). As of the date in data/: new ones are missed.
bool is_tld(std::string_view label);

/// Length of an IBAN of a country (two capital letters), check digits included; nullopt when the
/// country has none. ISO 13616 registry.
std::optional<int> iban_length(std::string_view country);

}  // namespace huxin::catalog
