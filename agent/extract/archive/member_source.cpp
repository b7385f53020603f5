#include "agent/extract/archive/member_source.hpp"

#include <algorithm>
#include <limits>

namespace huxin::extract {
namespace {

constexpr std::size_t kFirstChunk = std::size_t{16} << 10U;  // most members are small
constexpr std::size_t kChunk = std::size_t{256} << 10U;

}  // namespace

bool MemberSource::read_more(std::size_t most) {
  const std::size_t before = held_.size();
  const std::size_t chunk = std::clamp(before, kFirstChunk, kChunk);
  // Twice as much, but for the last time: of that, every page would be touched.
  if (held_.capacity() < before + chunk) held_.reserve(std::min(2 * before, most) + chunk);
  held_.resize(before + chunk);
  const std::size_t got = archive_.read(reinterpret_cast<char*>(held_.data() + before), chunk);
  held_.resize(before + got);
  return got != 0;
}

ByteView MemberSource::from(std::size_t begin, std::size_t least) {
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(begin - begin_));
  begin_ = begin;
  while (held_.size() <= least && read_more(std::numeric_limits<std::size_t>::max())) {
  }
  return held_;
}

Source::Whole MemberSource::whole(std::size_t limit) {
  const std::size_t most = std::min(limit, holding_.room());
  while (held_.size() <= most && read_more(most)) {
  }
  holding_.set(held_.size());
  return {ByteView(held_).first(std::min(most, held_.size())), held_.size() > most};
}

}  // namespace huxin::extract
