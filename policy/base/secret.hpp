#pragma once
#include <cstring>
#include <string_view>
#include <utility>

#include "policy/base/bytes.hpp"

namespace huxin {

/// Holds key material and wipes it on destruction. Moves, never copies, never prints. Pages are not
/// locked: a secret may reach the swap. What is copied out of view() is the caller's to wipe.
class Secret {
 public:
  Secret() = default;
  /// Zeros, to be filled through writable().
  explicit Secret(std::size_t size) : bytes_(size) {}
  /// Takes the bytes over; copies made before are not its own.
  explicit Secret(Bytes&& bytes) : bytes_(std::move(bytes)) {}
  Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(); }

  /// Makes a second owner, where one is truly needed; the name shows it in review.
  Secret duplicate() const { return Secret(Bytes(bytes_)); }

  ByteView view() const { return bytes_; }
  std::span<std::uint8_t> writable() { return bytes_; }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }

 private:
  void wipe() noexcept {
    if (!bytes_.empty()) explicit_bzero(bytes_.data(), bytes_.size());
  }

  Bytes bytes_;
};

}  // namespace huxin
