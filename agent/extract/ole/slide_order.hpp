#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "agent/extract/extraction.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// A record of a presentation's stream ([MS-PPT] 2.3.1). Containers hold records, atoms bytes.
struct SlideRecord {
  bool container = false;
  std::uint16_t instance = 0;
  std::uint16_t type = 0;
  std::size_t body = 0;  ///< where its content begins in the stream
  std::size_t end = 0;   ///< where that ends, or the stream does
};

/// Types of records, [MS-PPT] 2.13.24.
enum class SlideType : std::uint16_t {
  kSlide = 1006,
  kNotes = 1008,
  kNotesAtom = 1009,
  kSlidePersist = 1011,
  kMainMaster = 1016,
  kHandout = 4041,
  kTextChars = 4000,
  kTextBytes = 4008,
  kString = 4026,
  kSlideList = 4080,
  kObject = 4113,
  kPersistDirectory = 6002,
  kCryptSession = 12052,
};

/// The record at `at`; nullopt where the stream has no more. A container is gone into at its body,
/// an atom is passed over at its end.
std::optional<SlideRecord> slide_record(ByteView stream, std::size_t at);

/// Which slide is where: the stream holds them in the order they were saved, old versions too, and
/// a list tells the order they are shown in ([MS-PPT] 2.4.14.3). Beyond 65,536 none is told apart.
class SlideOrder {
 public:
  SlideOrder(ByteView stream, Extraction& extraction);

  /// Numbers from 1; nullopt for what no list names. By the place of the slide's record …
  std::optional<std::size_t> number_at(std::size_t record) const;
  /// … or by the number that notes refer to it with.
  std::optional<std::size_t> number_of(std::uint32_t slide_id) const;

 private:
  void read_directory(ByteView body);

  std::map<std::size_t, std::uint32_t> objects_;    ///< place in the stream → object
  std::map<std::uint32_t, std::size_t> by_object_;  ///< object → number
  std::map<std::uint32_t, std::size_t> by_id_;
};

}  // namespace huxin::extract
