#include "policy/base/zeroed_array.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace huxin {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20U;

}  // namespace

ZeroedMemory::ZeroedMemory(std::size_t bytes) : memory_(nullptr, Release{0}) {
  if (bytes < kLargePage) {
    memory_.reset(std::calloc(bytes, 1));
    if (!memory_) throw std::bad_alloc();
    return;
  }
  void* const memory =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  memory_ = {memory, Release{bytes}};
  ::madvise(memory, bytes, MADV_HUGEPAGE);  // a hint: without large pages it is as good, and slower
}

void ZeroedMemory::Release::operator()(void* memory) const {
  if (mapped == 0) {
    std::free(memory);
  } else {
    ::munmap(memory, mapped);
  }
}

}  // namespace huxin
