#include "policy/known/fuse_builder.hpp"

#include <algorithm>
#include <optional>

namespace huxin::known {
namespace {

constexpr int kTries = 100;
constexpr unsigned kMostAtOnePlace = 63;

/// Keys in the order in which they came off, and which of its three places is each one's own.
struct Order {
  std::vector<std::uint64_t> hashes;
  Bytes own;
};

/// Finds an order in which every key has a place that no later one shares: the hypergraph of keys
/// and places is peeled, place by place, while some place has one key.
class Peeling {
 public:
  explicit Peeling(const FuseLayout& layout)
      : layout_(layout), sums_(layout.length()), counts_(layout.length()) {}

  /// nullopt when some do not come off. The vector is used again for what is returned: the places
  /// know every key once all are put.
  std::optional<Order> run(std::vector<std::uint64_t> hashes) {
    for (const std::uint64_t hash : hashes) {
      if (!put(hash)) return std::nullopt;
    }
    const std::size_t keys = hashes.size();
    hashes.clear();
    Order order{std::move(hashes), {}};
    order.own.reserve(keys);
    std::vector<std::uint32_t> alone;
    for (std::uint32_t first = 0; first < counts_.size(); ++first) {
      alone.push_back(first);
      while (!alone.empty()) {
        const std::uint32_t place = alone.back();
        alone.pop_back();
        if (counts_[place].keys == 1) take_off(place, order, alone);
      }
    }
    if (order.hashes.size() != keys) return std::nullopt;
    return order;
  }

 private:
  /// How many keys a place has, and their own numbers of it added up.
  struct Count {
    std::uint8_t keys = 0;
    std::uint8_t numbers = 0;
  };

  bool put(std::uint64_t hash) {
    const auto places = layout_.places(hash);
    for (std::uint8_t number = 0; number < 3; ++number) {
      Count& count = counts_[places[number]];
      if (++count.keys > kMostAtOnePlace) return false;
      count.numbers ^= number;
      sums_[places[number]] ^= hash;
    }
    return true;
  }

  void take_off(std::uint32_t place, Order& order, std::vector<std::uint32_t>& alone) {
    const std::uint64_t hash = sums_[place];
    order.hashes.push_back(hash);
    order.own.push_back(counts_[place].numbers);
    const auto places = layout_.places(hash);
    for (std::uint8_t number = 0; number < 3; ++number) {
      Count& count = counts_[places[number]];
      --count.keys;
      count.numbers ^= number;
      sums_[places[number]] ^= hash;
      if (count.keys == 1) alone.push_back(places[number]);
    }
  }

  const FuseLayout& layout_;
  std::vector<std::uint64_t> sums_;
  std::vector<Count> counts_;
};

/// The last one off is written first: nobody after it shares its own place.
Bytes filled(const FuseLayout& layout, const Order& order) {
  Bytes array(layout.length());
  for (std::size_t left = order.hashes.size(); left > 0; --left) {
    const std::uint64_t hash = order.hashes[left - 1];
    const auto places = layout.places(hash);
    std::uint8_t value = FuseLayout::fingerprint(hash);
    for (std::uint8_t number = 0; number < 3; ++number) {
      if (number != order.own[left - 1]) value ^= array[places[number]];
    }
    array[places[order.own[left - 1]]] = value;
  }
  return array;
}

/// Sorted, so that neighbours lie in neighbouring segments and the work stays in the cache.
std::vector<std::uint64_t> sorted_hashes(const FuseLayout& layout,
                                         std::span<const std::uint64_t> keys) {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(keys.size());
  for (const std::uint64_t key : keys) hashes.push_back(layout.hash(key));
  std::ranges::sort(hashes);
  return hashes;
}

}  // namespace

Result<Fuse> build_fuse(std::span<const std::uint64_t> keys, std::uint64_t seed) {
  for (int tries = 0; tries < kTries; ++tries, seed += 0x9e3779b97f4a7c15U) {
    const FuseLayout layout = FuseLayout::for_keys(keys.size(), seed);
    const auto order = Peeling(layout).run(sorted_hashes(layout, keys));
    if (!order) continue;
    Fuse fuse{layout, filled(layout, *order)};
    const bool whole = std::ranges::all_of(
        keys, [&](std::uint64_t key) { return fuse_contains(layout, fuse.array, key); });
    if (whole) return fuse;
  }
  return fail(Errc::kInternal, "no filter of {} keys came about with {} seeds", keys.size(),
              kTries);
}

}  // namespace huxin::known
