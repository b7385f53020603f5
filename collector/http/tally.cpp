#include "collector/http/tally.hpp"

namespace huxin::http {
namespace {
constexpr std::size_t kMostDetails = 1000;
}

void Tally::add(std::string_view what, std::string_view detail) {
  const std::lock_guard lock(mutex_);
  std::pair key{std::string(what), std::string(detail)};
  if (counts_.size() >= kMostDetails && !counts_.contains(key)) key.second = "(other)";
  ++counts_[std::move(key)];
}

Tally::Counts Tally::drain() {
  const std::lock_guard lock(mutex_);
  return std::exchange(counts_, {});
}

}  // namespace huxin::http
