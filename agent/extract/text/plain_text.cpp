#include "agent/extract/formats.hpp"
#include "agent/extract/sniff.hpp"
#include "agent/extract/text/vcard.hpp"
#include "agent/extract/windows.hpp"

namespace huxin::extract {

void read_text(Source& source, text::Encoding encoding, const std::string& where,
               Extraction& extraction) {
  const std::string_view head = as_text(source.from(0, kSniffed)).substr(0, kSniffed);
  if (head.contains(kPgpMessage)) extraction.lose("encrypted");
  const bool cards = begins_card(head);
  for_each_window(source, encoding, extraction, [&](Window&& window) {
    text::Document document;
    document.where = where;
    document.text = std::move(window.decoded.text);
    document.origin = std::move(window.decoded.origin);
    document.first_line = window.line;
    if (cards) decode_cards(document);
    extraction.emit_window(std::move(document));
  });
}

}  // namespace huxin::extract
