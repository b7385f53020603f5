#include "agent/order_memory.hpp"

#include <algorithm>

namespace huxin::agent {
namespace {

constexpr std::string_view kPrefix = "order/";

Result<RememberedOrder> parse(std::string_view name, std::string_view value) {
  RememberedOrder order;
  if (!order.ParseFromString(std::string(value)))
    return fail(Errc::kCorrupt, "what is remembered as {} does not parse", name);
  return order;
}

}  // namespace

std::string OrderMemory::name_of(ByteView id) { return std::string(kPrefix) + to_hex(id); }

std::string OrderMemory::answered(Time begun) {
  RememberedOrder order;
  order.set_begun_ms(begun.time_since_epoch().count());
  order.set_answered(true);
  return order.SerializeAsString();
}

Result<std::optional<RememberedOrder>> OrderMemory::find(ByteView id) {
  const auto value = journal_.get(name_of(id));
  if (!value) return std::unexpected(value.error());
  if (!*value) return std::nullopt;
  return parse(name_of(id), **value);
}

Status OrderMemory::keep(ByteView id, const RememberedOrder& order) {
  return journal_.put(name_of(id), order.SerializeAsString());
}

Result<std::vector<std::pair<Bytes, RememberedOrder>>> OrderMemory::open() {
  const auto all = journal_.values(kPrefix);
  if (!all) return std::unexpected(all.error());
  std::vector<std::pair<Bytes, RememberedOrder>> begun;
  for (const auto& [name, value] : *all) {
    auto id = from_hex(std::string_view(name).substr(kPrefix.size()));
    auto order = parse(name, value);
    if (!id || !order) return fail(Errc::kCorrupt, "what is remembered as {} does not parse", name);
    if (!order->answered()) begun.emplace_back(*std::move(id), *std::move(order));
  }
  std::ranges::sort(begun, {}, [](const auto& each) { return each.second.begun_ms(); });
  return begun;
}

Status OrderMemory::prune() {
  const auto all = journal_.values(kPrefix);
  if (!all) return std::unexpected(all.error());
  std::vector<std::pair<std::int64_t, std::string>> answered;
  for (const auto& [name, value] : *all) {
    const auto order = parse(name, value);
    if (order && order->answered()) answered.emplace_back(order->begun_ms(), name);
  }
  if (answered.size() <= kMost) return {};
  std::ranges::sort(answered);
  for (std::size_t i = 0; i < answered.size() - kMost; ++i) {
    if (const Status gone = journal_.forget(answered[i].second); !gone) return gone;
  }
  return {};
}

}  // namespace huxin::agent
