#include "policy/known/winnow.hpp"

namespace huxin::known {

Winnow::Winnow(const SipKey& key) : key_(key) {
  for (std::size_t i = 0; i < in_.size(); ++i) {
    const char text[] = {'b', static_cast<char>(i)};
    in_[i] = sip_hash(key_, {text, sizeof text});
    out_[i] = std::rotl(in_[i], kGram);
  }
}

std::size_t Winnow::least_of(const Ring& ring, std::size_t at) {
  std::size_t least = at;
  for (std::size_t i = at - 1; i + kWindow > at; --i) {
    if (ring[i % kWindow] < ring[least % kWindow]) least = i;
  }
  return least;
}

std::uint32_t Winnow::print_of(std::uint64_t hash) const {
  const std::string_view bytes(reinterpret_cast<const char*>(&hash), sizeof hash);
  return static_cast<std::uint32_t>(sip_hash(key_, bytes));
}

}  // namespace huxin::known
