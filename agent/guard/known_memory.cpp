#include "agent/guard/known_memory.hpp"
#include "policy/known/key.hpp"

#include <sys/mman.h>
#include <sys/stat.h>

namespace huxin::guard {
namespace {

/// A mapping that goes when nothing borrows from it any more.
Result<std::shared_ptr<const std::uint8_t>> map_shared(int file, std::size_t size) {
  struct stat info{};
  if (::fstat(file, &info) != 0) return fail_errno("stat what the bank knows");
  if (static_cast<std::uint64_t>(info.st_size) < size)
    return fail(Errc::kCorrupt, "what the bank knows has {} bytes, {} are wanted", info.st_size,
                size);
  void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED) return fail_errno("map what the bank knows");
  return std::shared_ptr<const std::uint8_t>(
      static_cast<const std::uint8_t*>(memory),
      [size](const std::uint8_t* at) { ::munmap(const_cast<std::uint8_t*>(at), size); });
}

/// Shares what it borrows from along with itself.
template <class T>
std::shared_ptr<const T> with_mapping(T&& value, std::shared_ptr<const std::uint8_t> mapping) {
  return {new T(std::move(value)), [mapping = std::move(mapping)](const T* each) { delete each; }};
}

}  // namespace

Result<KnownMemory> KnownMemory::map(const WorkerConfig& config, int file) {
  KnownMemory memory;
  const std::uint64_t size = config.exact_bytes() + config.prints_bytes();
  if (size == 0) return memory;
  auto mapping = map_shared(file, static_cast<std::size_t>(size));
  if (!mapping) return std::unexpected(mapping.error());
  if (const Status opened = memory.open_exact(config, *mapping); !opened)
    return std::unexpected(opened.error());
  if (const Status opened = memory.open_prints(config, *std::move(mapping)); !opened)
    return std::unexpected(opened.error());
  return memory;
}

Status KnownMemory::open_exact(const WorkerConfig& config,
                               std::shared_ptr<const std::uint8_t> mapping) {
  if (config.exact_bytes() == 0) return {};
  const auto key = known::sip_key_from(as_bytes(config.exact_key()));
  if (!key) return std::unexpected(key.error());
  auto filter = known::ExactFilter::open(
      {mapping.get(), static_cast<std::size_t>(config.exact_bytes())}, *key);
  if (!filter) return std::unexpected(filter.error());
  exact_ = with_mapping(*std::move(filter), std::move(mapping));
  return {};
}

Status KnownMemory::open_prints(const WorkerConfig& config,
                                std::shared_ptr<const std::uint8_t> mapping) {
  if (config.prints_bytes() == 0) return {};
  const auto key = known::sip_key_from(as_bytes(config.prints_key()));
  if (!key) return std::unexpected(key.error());
  auto prints = known::DocumentPrints::open(
      {mapping.get() + config.exact_bytes(), static_cast<std::size_t>(config.prints_bytes())});
  if (!prints) return std::unexpected(prints.error());
  prints_ = with_mapping(*std::move(prints), std::move(mapping));
  prints_key_ = *key;
  return {};
}

}  // namespace huxin::guard
