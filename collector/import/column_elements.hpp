#pragma once
#include <string_view>
#include <vector>

#include "policy/catalog/catalog.hpp"

namespace huxin::imports {

/// The elements that the values of one column can be of, the likeliest first; borrowed from the
/// catalogue. Empty: the column holds none.
using ColumnElements = std::vector<const catalog::Element*>;

/// Says whether an element has values that can be listed: it is not authentication data (C3), no
/// kind of document, and does not follow from other elements.
bool may_be_listed(const catalog::Element& element);

/// What a header can mean: one element by its id (D01), its name (resident_id), its Chinese or
/// English name; else every element that has it for a keyword, as 证件号码 is one of passports too.
/// Case, blanks, '_', '-' and '*' do not count. Only what may be listed.
ColumnElements elements_of_header(std::string_view header, const catalog::Catalog& catalog);

/// Adds what people write in the same column, and terminals compare as the same or look for at the
/// same places: identity numbers of every making (D01 to D04), mobiles, landlines and numbers
/// abroad, cards of every scheme, names in Han and in Latin letters.
ColumnElements with_company(ColumnElements elements, const catalog::Catalog& catalog);

}  // namespace huxin::imports
