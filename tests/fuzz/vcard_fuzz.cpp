// Any bytes as text with contact cards in it: decoded it is valid UTF-8 with as many lines.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "agent/extract/text/vcard.hpp"
#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  text::Document document;
  document.text = text::decode({data, size}, text::Encoding::kUtf8).text;
  const auto lines = std::ranges::count(document.text, '\n');
  extract::decode_cards(document);
  if (text::valid_utf8_prefix(document.text) != document.text.size()) std::abort();
  if (std::ranges::count(document.text, '\n') != lines) std::abort();
  if (document.origin.original({0, document.text.size()}).end > size * 3) std::abort();
  return 0;
}
