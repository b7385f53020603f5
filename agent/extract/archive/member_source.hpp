#pragma once
#include <string>

#include "agent/extract/archive/archive.hpp"
#include "agent/extract/source.hpp"

namespace huxin::extract {

/// The present member of an archive as a source: unpacked as it is asked for, and held from where
/// its reader is. Borrows the archive, which must not move on meanwhile.
class MemberSource final : public Source {
 public:
  explicit MemberSource(Archive& archive) : archive_(archive) {}
  ByteView from(std::size_t begin, std::size_t least) override;
  /// Loses "too_large" itself as well.
  Whole whole(std::size_t limit) override;

 private:
  Archive& archive_;
  std::string held_;
  std::size_t begin_ = 0;  ///< where what is held begins in the member
};

}  // namespace huxin::extract
