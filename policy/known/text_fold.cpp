#include "policy/known/text_fold.hpp"

#include <algorithm>
#include <array>

namespace huxin::known {
namespace {

using Byte = unsigned char;

/// What an ASCII character becomes; 0: it is left out.
constexpr auto kFolded = [] {
  std::array<char, 128> table{};
  for (char c = '0'; c <= '9'; ++c) table[static_cast<Byte>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) {
    table[static_cast<Byte>(c)] = c;
    table[static_cast<Byte>(c - 'a' + 'A')] = c;
  }
  return table;
}();

std::size_t length_of(Byte lead) {
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

/// Is the character of three bytes left out?
bool is_mark(Byte first, Byte second, Byte third) {
  switch (first) {
    case 0xE2:
      return second <= 0x81;  // U+2000 to U+207F
    case 0xE3:
      return second == 0x80;  // U+3000 to U+303F
    case 0xEF:                // U+FE30 to U+FE6F, U+FEFF, U+FF5F to U+FF65
      return second == 0xB8 || second == 0xB9 || (second == 0xBB && third == 0xBF) ||
             (second == 0xBD && third >= 0x9F && third <= 0xA5);
    default:
      return false;
  }
}

/// The ASCII character that a full-width one stands for; 0: it stands for none.
Byte ascii_of(Byte first, Byte second, Byte third) {
  if (first != 0xEF) return 0;
  if (second == 0xBC && third >= 0x81 && third <= 0xBF)
    return static_cast<Byte>(third - 0x81 + 0x21);
  if (second == 0xBD && third >= 0x80 && third <= 0x9E)
    return static_cast<Byte>(third - 0x80 + 0x60);
  return 0;
}

}  // namespace

void fold(std::string_view utf8, std::string& into) {
  const std::size_t before = into.size();
  into.resize(before + utf8.size());
  char* out = into.data() + before;
  const auto at = [&](std::size_t i) { return static_cast<Byte>(utf8[i]); };
  for (std::size_t i = 0; i < utf8.size();) {
    const Byte lead = at(i);
    if (lead < 0x80) {
      *out = kFolded[lead];
      out += *out != 0 ? 1 : 0;
      ++i;
      continue;
    }
    const std::size_t length = std::min(length_of(lead), utf8.size() - i);
    if (length == 3) {
      const Byte ascii = ascii_of(lead, at(i + 1), at(i + 2));
      if (ascii != 0) {
        *out = kFolded[ascii];
        out += *out != 0 ? 1 : 0;
        i += 3;
        continue;
      }
    }
    const bool out_of_it =
        (lead == 0xC2 && length == 2) || (length == 3 && is_mark(lead, at(i + 1), at(i + 2)));
    if (!out_of_it) out = std::copy_n(utf8.data() + i, length, out);
    i += length;
  }
  into.resize(static_cast<std::size_t>(out - into.data()));
}

}  // namespace huxin::known
