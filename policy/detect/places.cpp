#include "policy/detect/places.hpp"

#include "policy/base/cpu.hpp"
#include "policy/text/byte_block.hpp"

namespace huxin::detect {
namespace {

// ： （ ＝ ｜ U+3000 为 是, by their three bytes.
std::uint64_t han_marks(const text::ByteBlock& first, const char* data) {
  const text::ByteBlock second(data + 1);
  const text::ByteBlock third(data + 2);
  return (first.equal(0xE4) & second.equal(0xB8) & third.equal(0xBA)) |
         (first.equal(0xE6) & second.equal(0x98) & third.equal(0xAF)) |
         (first.equal(0xE3) & second.equal(0x80) & third.equal(0x80)) |
         (first.equal(0xEF) & second.equal(0xBD) & third.equal(0x9C)) |
         (first.equal(0xEF) & second.equal(0xBC) &
          (third.equal(0x9A) | third.equal(0x88) | third.equal(0x9D)));
}

Places places_in(const char* data) {
  const text::ByteBlock bytes(data);
  Places places;
  places.digits = bytes.between('0', '9');
  const std::uint64_t spaces = bytes.equal(' ');
  places.spaces = spaces | bytes.equal('(');
  places.joints = spaces | bytes.between('-', '.');
  places.ats = bytes.equal('@');
  places.vees = bytes.equal('v') | bytes.equal('V');
  places.high = bytes.high();
  places.marks = bytes.equal(':') | bytes.between('=', '>') | bytes.equal('|') |
                 bytes.between('\t', '\n') | bytes.equal('\r');
  if (places.high != 0) places.marks |= han_marks(bytes, data);
  return places;
}

}  // namespace

void find_places_portable(const char* data, std::size_t count, Places* places) {
  for (std::size_t i = 0; i < count; ++i) places[i] = places_in(data + i * kPlacesBytes);
}

void find_places(const char* data, std::size_t count, Places* places) {
#if defined(__x86_64__)
  if (has_avx2()) return find_places_avx2(data, count, places);
#endif
  find_places_portable(data, count, places);
}

}  // namespace huxin::detect
