#include "agent/extract/ole/sector_chains.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {

namespace {

constexpr std::uint32_t kLastRegular = 0xFFFFFFFA;  // above it are marks, not sectors
constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::size_t kInHeader = 109;  // sectors of the table that the header itself names
constexpr std::size_t kSmallShift = 6;
constexpr std::uint32_t kCutoff =
    4096;                           // smaller streams stand in the root's; no file may say else
constexpr std::size_t kLook = 128;  // sectors between two looks at the clock

std::vector<std::uint32_t> numbers(ByteView bytes, std::size_t most) {
  ByteReader reader(bytes);
  std::vector<std::uint32_t> all(std::min(bytes.size() / 4, most));
  for (std::uint32_t& number : all) number = reader.u32();
  return all;
}

}  // namespace

SectorChains::SectorChains(ByteView content, Extraction& extraction)
    : content_(content), extraction_(extraction) {
  ByteReader header(content, 28);
  const bool little = header.u16() == 0xFFFE;
  const std::size_t shift = header.u16();
  if (!little || (shift != 9 && shift != 12)) {
    extraction_.lose("corrupt");
    return;
  }
  shift_ = shift;
  sectors_ = content.size() >> shift_;
  header.skip(16);
  first_directory_ = header.u32();
  header.skip(4);
  if (header.u32() != kCutoff) extraction_.lose("corrupt");
  first_small_table_ = header.u32();
  header.skip(4);
  read_table(table_sectors(header.u32()));
}

/// The header names the first sectors of the table, a chain of sectors of its own the others.
std::vector<std::uint32_t> SectorChains::table_sectors(std::uint32_t first_more) {
  const std::size_t a_sector = std::size_t{1} << (shift_ - 2);  // numbers
  const std::size_t enough = (sectors_ / a_sector) + 1;
  std::vector<std::uint32_t> all = numbers(
      content_.subspan(std::min<std::size_t>(content_.size(), 76)), std::min(enough, kInHeader));
  std::uint32_t more = first_more;
  while (all.size() < enough && more < kLastRegular && !extraction_.stopped()) {
    const std::vector<std::uint32_t> named = numbers(sector(more), a_sector);
    if (named.size() < a_sector) break;
    all.insert(all.end(), named.begin(), named.end() - 1);
    more = named.back();
    extraction_.check_time();
  }
  all.resize(std::min(all.size(), enough));
  return all;
}

void SectorChains::read_table(const std::vector<std::uint32_t>& sectors) {
  const std::size_t a_sector = std::size_t{1} << (shift_ - 2);
  next_.reserve(sectors_ + a_sector);
  for (const std::uint32_t index : sectors) {
    if (index >= kLastRegular || extraction_.stopped()) break;
    const std::vector<std::uint32_t> part = numbers(sector(index), a_sector);
    next_.insert(next_.end(), part.begin(), part.end());
    if (part.size() == a_sector) continue;
    extraction_.lose("corrupt");
    for (std::size_t i = part.size(); i < a_sector; ++i)
      next_.push_back(static_cast<std::uint32_t>(next_.size() + 1));
  }
}

ByteView SectorChains::sector(std::uint32_t index) const {
  const std::size_t begin = (std::size_t{index} + 1) << shift_;
  if (begin >= content_.size()) return {};
  return content_.subspan(begin, std::min(content_.size() - begin, std::size_t{1} << shift_));
}

Bytes SectorChains::follow(std::uint32_t first, std::size_t size, bool whole) {
  Bytes stream;
  stream.reserve(std::min(size, content_.size()));
  std::uint32_t at = first;
  for (std::size_t steps = 0; steps <= sectors_ && stream.size() < size; ++steps) {
    const ByteView part = at < kLastRegular ? sector(at) : ByteView{};
    if (part.empty()) break;
    const std::size_t wanted = std::min(part.size(), size - stream.size());
    stream.insert(stream.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(wanted));
    at = at < next_.size() ? next_[at] : at + 1;
    if (steps % kLook == 0) extraction_.check_time();
    if (extraction_.stopped()) return stream;
  }
  const bool complete = whole ? at == kEndOfChain : stream.size() == size;
  if (!complete) extraction_.lose("corrupt");
  return stream;
}

Bytes SectorChains::follow_small(std::uint32_t first, std::size_t size) {
  read_small();
  const std::size_t possible = std::min(size, small_.size());  // however often it meets itself
  Bytes stream;
  std::uint32_t at = first;
  while (stream.size() < possible) {
    const std::size_t begin = std::size_t{at} << kSmallShift;
    if (begin >= small_.size()) break;
    const std::size_t a_sector = std::min(small_.size() - begin, std::size_t{1} << kSmallShift);
    const std::size_t wanted = std::min(a_sector, possible - stream.size());
    const auto from = small_.begin() + static_cast<std::ptrdiff_t>(begin);
    stream.insert(stream.end(), from, from + static_cast<std::ptrdiff_t>(wanted));
    at = at < small_next_.size() ? small_next_[at] : at + 1;
  }
  if (stream.size() < size) extraction_.lose("corrupt");
  return stream;
}

void SectorChains::small_streams_at(std::uint32_t first, std::uint64_t size) {
  small_start_ = first;
  small_size_ = size;
}

void SectorChains::read_small() {
  if (std::exchange(small_read_, true)) return;
  small_ = follow(small_start_, std::min<std::uint64_t>(small_size_, content_.size()), false);
  const Bytes table = read_all(first_small_table_, content_.size());
  small_next_ = numbers(table, small_.size() >> kSmallShift);
}

Bytes SectorChains::read_all(std::uint32_t first, std::size_t limit) {
  if (first == kEndOfChain) return {};
  return follow(first, limit, true);
}

Bytes SectorChains::read_stream(std::uint32_t first, std::uint64_t size) {
  if (size == 0) return {};
  if (size < kCutoff) return follow_small(first, size);
  const std::size_t possible = std::min<std::uint64_t>(size, content_.size());
  if (possible < size) extraction_.lose("corrupt");
  return follow(first, possible, false);
}

}  // namespace huxin::extract
