#include "policy/base/sip_hash.hpp"

#include <bit>
#include <cstring>

namespace huxin {
namespace {

static_assert(std::endian::native == std::endian::little);

std::uint64_t word_at(const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// The four words that SipHash stirs.
struct SipState {
  explicit SipState(const SipKey& key)
      : a(key[0] ^ 0x736f6d6570736575U),
        b(key[1] ^ 0x646f72616e646f6dU),
        c(key[0] ^ 0x6c7967656e657261U),
        d(key[1] ^ 0x7465646279746573U) {}

  void round() {
    a += b;
    c += d;
    b = std::rotl(b, 13) ^ a;
    d = std::rotl(d, 16) ^ c;
    a = std::rotl(a, 32);
    c += b;
    a += d;
    b = std::rotl(b, 17) ^ c;
    d = std::rotl(d, 21) ^ a;
    c = std::rotl(c, 32);
  }

  void take(std::uint64_t word) {
    d ^= word;
    round();
    round();
    a ^= word;
  }

  std::uint64_t finish() {
    c ^= 0xffU;
    for (int i = 0; i < 4; ++i) round();
    return a ^ b ^ c ^ d;
  }

  std::uint64_t a, b, c, d;
};

}  // namespace

std::uint64_t sip_hash(const SipKey& key, std::string_view data) {
  SipState state(key);
  const std::size_t whole = data.size() & ~std::size_t{7};
  for (std::size_t at = 0; at < whole; at += 8) state.take(word_at(data.data() + at));
  std::uint64_t last = static_cast<std::uint64_t>(data.size()) << 56U;
  for (std::size_t at = whole; at < data.size(); ++at)
    last |= static_cast<std::uint64_t>(static_cast<unsigned char>(data[at])) << (8 * (at - whole));
  state.take(last);
  return state.finish();
}

}  // namespace huxin
