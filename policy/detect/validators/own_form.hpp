#pragma once
#include <string_view>

#include "policy/catalog/element.hpp"
#include "policy/detect/candidate.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Says whether a value is one of an element by itself, with no text around it: the check digits,
/// lengths, prefixes and dates that its source gives (see each validator), or one of the forms that
/// the catalogue gives its label.
///
/// For those who are handed values: lists and imports. `value` is what value_of() made for the
/// element's kind. Of names, addresses and other words only that they are words and no number is
/// asked, of amounts that they hold a digit. False where an element has no value of its own: a kind
/// of document, or what follows from other elements. `today` bounds dates.
bool has_own_form(const catalog::Element& element, std::string_view value, Date today);

}  // namespace huxin::detect
