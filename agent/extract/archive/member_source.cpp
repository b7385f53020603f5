#include "agent/extract/archive/member_source.hpp"

namespace huxin::extract {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10U;

}  // namespace

ByteView MemberSource::from(std::size_t begin, std::size_t least) {
  held_.erase(0, begin - begin_);
  begin_ = begin;
  while (held_.size() <= least) {
    const std::size_t before = held_.size();
    held_.resize(before + kChunk);
    const std::size_t got = archive_.read(held_.data() + before, kChunk);
    held_.resize(before + got);
    if (got == 0) break;
  }
  return as_bytes(held_);
}

Source::Whole MemberSource::whole(std::size_t limit) {
  if (held_.size() < limit) held_ += archive_.read_all(limit - held_.size());
  return {as_bytes(held_).first(std::min(limit, held_.size())), held_.size() > limit};
}

}  // namespace huxin::extract
