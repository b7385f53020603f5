#pragma once
#include "agent/extract/archive/archive.hpp"
#include "agent/extract/source.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// The present member of an archive as a source: unpacked as it is asked for, and held from where
/// its reader is. Borrows the archive, which must not move on meanwhile, and the extraction.
class MemberSource final : public Source {
 public:
  MemberSource(Archive& archive, Extraction& extraction)
      : archive_(archive), holding_(extraction) {}
  ByteView from(std::size_t begin, std::size_t least) override;
  /// Less than `limit` where members that this one is in are held too.
  Whole whole(std::size_t limit) override;

 private:
  /// Unpacks more, of which no more than `most` bytes may be wanted; false at the end.
  bool read_more(std::size_t most);

  Archive& archive_;
  Extraction::Holding holding_;
  Bytes held_;
  std::size_t begin_ = 0;  ///< where what is held begins in the member
};

}  // namespace huxin::extract
