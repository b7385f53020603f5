#include "policy/text/change_blocks.hpp"

#include "policy/base/cpu.hpp"
#include "policy/text/byte_block.hpp"

namespace huxin::text {

// Nothing but the first byte is looked at.
ChangeBlock next_change_block_portable(const char* data, std::size_t at, std::size_t size) {
  for (; at + ByteBlock::kSize + 2 <= size; at += ByteBlock::kSize) {
    const ByteBlock block(data + at);
    if (block.high() == 0) continue;
    const std::uint64_t leads =
        block.equal(0xE2) | block.equal(0xE3) | block.equal(0xEF) | block.equal(0xC2);
    if (leads != 0) return {at, leads};
  }
  return {at, 0};
}

ChangeBlock next_change_block(const char* data, std::size_t at, std::size_t size) {
#if defined(__x86_64__)
  if (has_avx2()) return next_change_block_avx2(data, at, size);
#endif
  return next_change_block_portable(data, at, size);
}

}  // namespace huxin::text
