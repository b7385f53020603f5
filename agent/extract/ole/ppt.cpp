#include <fmt/format.h>

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/ole/code_page.hpp"
#include "agent/extract/ole/inflate.hpp"
#include "agent/extract/ole/readers.hpp"
#include "agent/extract/ole/slide_order.hpp"

namespace huxin::extract {

namespace {

constexpr std::string_view kProgramTag = "___PPT";  // with a number behind it

constexpr std::uint32_t kEncryptedUser = 0xF3D1C4DF;
constexpr std::size_t kLook = 1024;  // records between two looks at the clock

/// Walks the records of a presentation one after another: containers are gone into, so that no
/// depth is too much.
class SlidesReader {
 public:
  SlidesReader(ByteView stream, const std::string& where, Extraction& extraction)
      : stream_(stream),
        where_(where),
        order_(stream, extraction),
        writer_(where, extraction),
        extraction_(extraction) {}

  void read() {
    std::size_t at = 0;
    for (std::size_t records = 0; !extraction_.stopped() && !encrypted_; ++records) {
      const auto record = slide_record(stream_, at);
      if (!record) break;
      if (at >= list_end_) list_ = List::kNone;
      if (at >= top_end_) begin_top(*record, at);
      begun_ = begun_ || record->container;
      take(*record);
      at = record->container ? record->body : record->end;
      if (records % kLook == 0) extraction_.check_time();
    }
    writer_.flush();
    if (!begun_) extraction_.lose("corrupt");
  }

 private:
  enum class List : std::uint8_t { kNone, kSlides, kMasters, kNotes };

  ByteView body(const SlideRecord& record) const {
    return stream_.subspan(record.body, record.end - record.body);
  }

  /// A record that no other holds: the document, a slide, a page of notes.
  void begin_top(const SlideRecord& record, std::size_t at) {
    top_end_ = record.end;
    switch (static_cast<SlideType>(record.type)) {
      case SlideType::kSlide:
        return group("slide", order_.number_at(at));
      case SlideType::kNotes:
        return group("notes", std::nullopt);
      case SlideType::kMainMaster:
        return group("master", std::nullopt);
      case SlideType::kHandout:
        return group("handout", std::nullopt);
      default:
        return group("", std::nullopt);
    }
  }

  void group(std::string_view name, std::optional<std::size_t> number) {
    writer_.group(number ? fmt::format("{}{}", name, *number) : std::string(name));
  }

  void take(const SlideRecord& record) {
    switch (static_cast<SlideType>(record.type)) {
      case SlideType::kTextChars:
        return write(from_utf16(body(record)));
      case SlideType::kString:
        return write_string(from_utf16(body(record)));
      case SlideType::kTextBytes: {
        std::string text;
        append_low_bytes(text, body(record));
        return write(text);
      }
      case SlideType::kSlideList:
        return begin_list(record);
      case SlideType::kSlidePersist:
        return next_of_list(record);
      case SlideType::kNotesAtom:
        return group("notes", order_.number_of(ByteReader(body(record)).u32()));
      case SlideType::kObject:
        return read_object(record);
      case SlideType::kCryptSession:
        encrypted_ = true;
        return extraction_.lose("encrypted");
      default:
        return;
    }
  }

  /// The list of slides holds the text of their outlines, behind the mark of each slide.
  void begin_list(const SlideRecord& record) {
    list_ = record.instance == 0   ? List::kSlides
            : record.instance == 2 ? List::kNotes
                                   : List::kMasters;
    list_end_ = record.end;
    listed_ = 0;
  }

  void next_of_list(const SlideRecord& record) {
    ByteReader atom(stream_, record.body + 12);
    if (list_ == List::kSlides) group("slide", order_.number_of(atom.u32()));
    if (list_ == List::kNotes) group("notes", ++listed_);
    if (list_ == List::kMasters) group("master", std::nullopt);
  }

  /// Names that programs give to their own additions are nobody's text.
  void write_string(std::string_view text) {
    const bool programs = text.starts_with(kProgramTag) && text.size() <= kProgramTag.size() + 5;
    if (!programs) write(text);
  }

  void write(std::string_view text) {
    while (!text.empty()) {
      const std::size_t size = std::min(text.find('\r'), text.size());
      std::string line(text.substr(0, size));
      std::ranges::replace(line, '\v', '\n');
      writer_.paragraph(line);
      text.remove_prefix(std::min(text.size(), size + 1));
    }
  }

  /// ExOleObjStg, [MS-PPT] 2.10.34: a compound file, packed or as it is.
  void read_object(const SlideRecord& record) {
    const Extraction::Descent descent(extraction_);
    extraction_.enter_member();
    if (!descent.allowed() || extraction_.stopped()) return;
    const std::string where = fmt::format("{}!object{}", where_, ++objects_);
    if (record.instance == 0) return void(read_any(body(record), where, extraction_));
    const ByteView packed = body(record);
    const Bytes object =
        inflate(packed.subspan(std::min<std::size_t>(4, packed.size())), extraction_);
    read_any(object, where, extraction_);
  }

  ByteView stream_;
  const std::string& where_;
  SlideOrder order_;
  DocumentWriter writer_;
  Extraction& extraction_;
  std::size_t top_end_ = 0;
  std::size_t list_end_ = 0;
  List list_ = List::kNone;
  std::size_t listed_ = 0;
  std::size_t objects_ = 0;
  bool begun_ = false;  ///< there was a container, without which nothing is a presentation
  bool encrypted_ = false;
};

/// [MS-PPT] 2.3.2: the user's stream says so too.
bool encrypted_for_user(const Storage& storage) {
  const Bytes user = storage.stream("Current User").value_or(Bytes());
  return ByteReader(user, 12).u32() == kEncryptedUser;
}

}  // namespace

void read_slides(const Storage& storage, ByteView stream, const std::string& where,
                 Extraction& extraction) {
  if (encrypted_for_user(storage)) return extraction.lose("encrypted");
  SlidesReader(stream, where, extraction).read();
}

}  // namespace huxin::extract
