// The fast path against the plain one: normalising a text is the same as normalising its characters
// one by one, each behind the one that was written before it; every byte of the result maps to the
// character it came from.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "policy/text/normalise.hpp"
#include "policy/text/utf8.hpp"

using namespace huxin;
using namespace huxin::text;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// The last character of a text; empty for an empty one.
std::string last_character(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && (static_cast<unsigned char>(text[--begin]) & 0xC0U) == 0x80U) {
  }
  return std::string(text.substr(begin));
}

/// Normalises one character at a time and checks where each of its bytes is said to come from.
std::string one_by_one(std::string_view text, const Normalised& whole) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text, at), 1);
    const std::string before = last_character(result);
    const std::string character = before + std::string(text.substr(at, length));
    const Normalised normal = normalise(character);
    const std::string_view view = normal.view(character).substr(before.size());
    for (std::size_t i = 0; i < view.size(); ++i) {
      const Span original = whole.origin.original({result.size() + i, result.size() + i + 1});
      require(Span{at, at + length}.contains(original) && original.size() > 0);
    }
    result += view;
    at += length;
  }
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Normalised normal = normalise(text);
  const std::string_view view = normal.view(text);
  require(normal.same ? normal.text.empty() && normal.origin.identity() : true);
  if (valid_utf8_prefix(text) != size) return 0;  // broken text is only promised not to crash
  require(valid_utf8_prefix(view) == view.size());
  require(one_by_one(text, normal) == view);
  require(normalise(view).same);
  return 0;
}
