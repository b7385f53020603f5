// The first byte picks the encoding, the rest is decoded: the result is valid UTF-8, and its
// characters map to pieces of the input that follow each other without gap or overlap.
#include <cstdlib>

#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

using namespace huxin;
using namespace huxin::text;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(ByteView bytes, Encoding encoding) {
  const Decoded decoded = decode(bytes, encoding);
  require(valid_utf8_prefix(decoded.text) == decoded.text.size());
  std::size_t expected = decoded.origin.original({0, 0}).begin;
  require(expected <= 4);  // a byte-order mark at most
  std::size_t replaced = 0;
  for (std::size_t at = 0; at < decoded.text.size();) {
    const std::size_t length = utf8_length(decoded.text, at);
    const Span original = decoded.origin.original({at, at + length});
    require(original.begin == expected && original.end > original.begin);
    if (std::string_view(decoded.text).substr(at, length) == kReplacement) ++replaced;
    expected = original.end;
    at += length;
  }
  require(decoded.text.empty() || expected == bytes.size());
  require(decoded.replaced <= replaced);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView bytes(data + 1, size - 1);
  check(bytes, static_cast<Encoding>(data[0] % 7));
  check(bytes, guess_encoding(bytes));
  return 0;
}
