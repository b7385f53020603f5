#pragma once
#include <string_view>

#include "policy/text/document.hpp"

namespace huxin::extract {

/// Says whether the first line that is not blank begins a contact card.
bool begins_card(std::string_view head);

/// Decodes, in place, what the contact cards of a text have encoded: between lines BEGIN:VCARD and
/// END:VCARD, values in quoted-printable (vCard 2.1, as telephones write them) and long lines that
/// are folded (3.0, RFC 2426; 4.0, RFC 6350). The parameters that tell how a value is encoded are
/// left out. Everything else stays as it stands, and so does what does not decode. Lines keep their
/// numbers: "=" stands on each that a value went on over. The place of what was decoded is its
/// whole property's. Only of texts that stand in the file as they are: UTF-8.
void decode_cards(text::Document& document);

}  // namespace huxin::extract
