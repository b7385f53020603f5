#include "agent/extract/ole/slide_order.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kHeader = 8;
constexpr std::size_t kLook = 1024;    // records between two looks at the clock
constexpr std::size_t kMost = 65'536;  // slides and other objects that are told apart

template <typename Key>
std::optional<std::size_t> found(const std::map<Key, std::size_t>& numbers, Key key) {
  const auto at = numbers.find(key);
  return at == numbers.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace

std::optional<SlideRecord> slide_record(ByteView stream, std::size_t at) {
  ByteReader reader(stream, at);
  const std::uint16_t mark = reader.u16();
  SlideRecord record{.container = (mark & 15U) == 15,
                     .instance = static_cast<std::uint16_t>(mark >> 4U),
                     .type = reader.u16()};
  const std::size_t size = reader.u32();
  if (reader.failed()) return std::nullopt;
  record.body = at + kHeader;
  record.end = record.body + std::min(size, reader.left());
  return record;
}

SlideOrder::SlideOrder(ByteView stream, Extraction& extraction) {
  std::size_t at = 0;
  std::size_t slides_end = 0;  // of the list of slides, not of masters or notes
  for (std::size_t records = 0; !extraction.stopped(); ++records) {
    const auto record = slide_record(stream, at);
    if (!record) return;
    const auto type = static_cast<SlideType>(record->type);
    if (type == SlideType::kSlideList && record->instance == 0) slides_end = record->end;
    if (type == SlideType::kPersistDirectory)
      read_directory(stream.subspan(record->body, record->end - record->body));
    if (type == SlideType::kSlidePersist && at < slides_end && by_object_.size() < kMost) {
      ByteReader atom(stream, record->body);
      by_object_.try_emplace(atom.u32(), by_object_.size() + 1);
      atom.skip(8);
      by_id_.try_emplace(atom.u32(), by_object_.size());
    }
    at = record->container ? record->body : record->end;
    if (records % kLook == 0) extraction.check_time();
  }
}

/// Runs of places, each run with the number of its first object.
void SlideOrder::read_directory(ByteView body) {
  ByteReader reader(body);
  while (reader.left() >= 8 && objects_.size() < kMost) {
    const std::uint32_t run = reader.u32();
    std::uint32_t object = run & 0xFFFFFU;
    for (std::uint32_t left = run >> 20U; left > 0 && reader.left() >= 4; --left)
      objects_.try_emplace(reader.u32(), object++);
  }
}

std::optional<std::size_t> SlideOrder::number_at(std::size_t record) const {
  const auto object = objects_.find(record);
  return object == objects_.end() ? std::nullopt : found(by_object_, object->second);
}

std::optional<std::size_t> SlideOrder::number_of(std::uint32_t slide_id) const {
  return found(by_id_, slide_id);
}

}  // namespace huxin::extract
