#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

namespace huxin {

/// Zeros straight from the system, in large pages where it has them: for tables so large that what
/// a look-up costs is finding the page. Throws std::bad_alloc. Whole pages are taken once the table
/// is of 2 MiB and more.
class ZeroedMemory {
 public:
  explicit ZeroedMemory(std::size_t bytes);

  void* data() const { return memory_.get(); }

 private:
  struct Release {
    std::size_t mapped;  ///< bytes; 0: of the heap
    void operator()(void* memory) const;
  };
  std::unique_ptr<void, Release> memory_;
};

/// `size` values of all zero bits, which must be what a Value is at first.
template <class Value>
  requires std::is_trivially_copyable_v<Value> && std::is_trivially_destructible_v<Value>
class ZeroedArray {
 public:
  explicit ZeroedArray(std::size_t size)
      : memory_(size * sizeof(Value)), values_(static_cast<Value*>(memory_.data()), size) {}

  std::size_t size() const { return values_.size(); }
  Value& operator[](std::size_t at) { return values_[at]; }
  const Value& operator[](std::size_t at) const { return values_[at]; }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  ZeroedMemory memory_;
  std::span<Value> values_;
};

}  // namespace huxin
