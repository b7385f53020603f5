#include "agent/guard/sliding_file.hpp"

#include <sys/stat.h>

#include <algorithm>

namespace huxin::guard {
namespace {

constexpr std::size_t kGrain = std::size_t{64} << 10U;  // a multiple of every machine's page

}  // namespace

Result<SlidingFile> SlidingFile::open(const Fd& file, std::size_t limit, std::size_t stretch) {
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return fail_errno("fstat");
  if (S_ISREG(info.st_mode))
    return SlidingFile(file, static_cast<std::size_t>(info.st_size), stretch);
  auto memory = MappedFile::map(file, limit);
  if (!memory) return std::unexpected(memory.error());
  SlidingFile sliding(file, memory->bytes().size(), stretch);
  sliding.part_.emplace(std::move(*memory));
  return sliding;
}

// What was mapped before goes first: its pages are given back, and its guard is the only one.
bool SlidingFile::map(std::size_t begin, std::size_t end) {
  changed_ = changed();
  part_.reset();
  begin_ = begin & ~(kGrain - 1);
  auto part = MappedFile::map_part(file_, begin_, std::min(end, size_) - begin_);
  failed_ = failed_ || !part;
  if (part) part_.emplace(std::move(*part));
  return part.has_value();
}

ByteView SlidingFile::from(std::size_t begin, std::size_t least) {
  begin = std::min(begin, size_);
  const std::size_t wanted = std::min(size_ - begin, least + 1);
  const bool there = part_ && begin >= begin_ && begin + wanted <= begin_ + part_->bytes().size();
  if (!there && !map(begin, begin + std::max(wanted, stretch_))) return {};
  return part_->bytes().subspan(begin - begin_);
}

extract::Source::Whole SlidingFile::whole(std::size_t limit) {
  const std::size_t size = std::min(size_, limit);
  const bool there = part_ && begin_ == 0 && part_->bytes().size() >= size;
  if (!there && !map(0, size)) return {};
  return {part_->bytes().first(size), size_ > limit};
}

}  // namespace huxin::guard
