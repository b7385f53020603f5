#pragma once
#include <algorithm>
#include <cstddef>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// The bytes of a file or a member, seen through a window that moves on: of content of any length
/// no more is held than somebody looks at.
class Source {
 public:
  virtual ~Source() = default;
  /// The bytes from `begin` on: more than `least` of them, or all that are left. `begin` never goes
  /// back from one call to the next. Valid until the next call.
  virtual ByteView from(std::size_t begin, std::size_t least) = 0;
  /// All of it at once, for what is read by its structure, or its first `limit` bytes when it is
  /// longer. Only before from() was asked for what is not its beginning. Valid as long as the
  /// source.
  struct Whole {
    ByteView bytes;
    bool cut = false;  ///< there is more
  };
  virtual Whole whole(std::size_t limit) = 0;
};

/// Bytes that are in memory, or mapped, as a whole; borrowed.
class WholeSource final : public Source {
 public:
  explicit WholeSource(ByteView bytes) : bytes_(bytes) {}
  ByteView from(std::size_t begin, std::size_t) override {
    return bytes_.subspan(std::min(begin, bytes_.size()));
  }
  Whole whole(std::size_t limit) override {
    return {bytes_.first(std::min(limit, bytes_.size())), bytes_.size() > limit};
  }

 private:
  ByteView bytes_;
};

}  // namespace huxin::extract
