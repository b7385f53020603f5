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

/// The four words that SipHash-c-d stirs, c times for each word taken and d times at the end.
template <int kCompression, int kFinalisation>
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
    for (int i = 0; i < kCompression; ++i) round();
    a ^= word;
  }

  std::uint64_t finish() {
    c ^= 0xffU;
    for (int i = 0; i < kFinalisation; ++i) round();
    return a ^ b ^ c ^ d;
  }

  std::uint64_t a, b, c, d;
};

// What is left behind the whole words, below the size.
std::uint64_t last_word(std::string_view data) {
  const std::size_t left = data.size() % 8;
  std::uint64_t word = static_cast<std::uint64_t>(data.size()) << 56U;
  if (left == 0) return word;
  if (data.size() > 8) return word | word_at(data.data() + data.size() - 8) >> (64 - 8 * left);
  for (std::size_t i = 0; i < left; ++i)
    word |= static_cast<std::uint64_t>(static_cast<unsigned char>(data[i])) << (8 * i);
  return word;
}

template <int kCompression, int kFinalisation>
std::uint64_t digest(const SipKey& key, std::string_view data) {
  SipState<kCompression, kFinalisation> state(key);
  const std::size_t whole = data.size() & ~std::size_t{7};
  for (std::size_t at = 0; at < whole; at += 8) state.take(word_at(data.data() + at));
  state.take(last_word(data));
  return state.finish();
}

}  // namespace

std::uint64_t sip_hash(const SipKey& key, std::string_view data) { return digest<2, 4>(key, data); }

std::uint64_t table_hash(const SipKey& key, std::string_view data) {
  return digest<1, 3>(key, data);
}

}  // namespace huxin
