#include <fmt/format.h>

#include "agent/extract/formats.hpp"
#include "agent/extract/image/codes.hpp"
#include "agent/extract/image/image_shape.hpp"
#include "agent/extract/image/page_image.hpp"
#include "agent/extract/image/recognise.hpp"

namespace huxin::extract {
namespace {

constexpr unsigned kMostPages = 1000;  // of a TIFF; time and the budget's pages end it long before

void write_codes(const std::vector<Code>& codes, const std::string& page, DocumentWriter& writer) {
  unsigned matrices = 0;
  unsigned bars = 0;
  const std::string above = page.empty() ? page : page + "!";
  for (const Code& code : codes) {
    writer.group(code.matrix ? fmt::format("{}qr{}", above, ++matrices)
                             : fmt::format("{}barcode{}", above, ++bars));
    writer.paragraph(code.text);
  }
}

/// Reads the pages of one picture and gathers why something of it was not seen.
class ImageReader {
 public:
  ImageReader(ByteView content, ImageKind kind, const std::string& where, Extraction& extraction)
      : content_(content), kind_(kind), where_(where), extraction_(extraction) {}

  void read() {
    if (kind_ != ImageKind::kTiff) return read_page(0, "");
    const TiffPages pages = tiff_pages(content_, kMostPages + 1);
    if (pages.broken || pages.count == 0) lose("corrupt");
    if (pages.count > kMostPages) lose("too_many_pictures");
    for (unsigned page = 0; page < std::min(pages.count, kMostPages); ++page) {
      if (extraction_.stopped() || over_) return;
      read_page(page, pages.count > 1 ? fmt::format("p{}", page + 1) : "");
    }
  }

 private:
  void read_page(unsigned page, const std::string& group) {
    const Extraction::Look look(extraction_);
    over_ = !look.allowed();
    if (over_) return;
    const Seen seen = look_at([&] { return decode_image(content_, kind_, page, most_pixels()); },
                              look, extraction_);
    extraction_.check_time();
    if (!seen.refused.empty()) return lose(seen.refused);
    read_page_image(seen, group, where_, extraction_);
    if (kind_ == ImageKind::kGif || kind_ == ImageKind::kPng) lose_frames();
  }

  /// Where only codes are wanted, no picture that may take the whole share of time by itself:
  /// somebody may wait for the file to open.
  std::size_t most_pixels() const {
    constexpr auto kPixel = std::chrono::nanoseconds(50);  // decoding and looking, with a margin
    const PictureBudget& budget = extraction_.budget().pictures;
    if (budget.text) return budget.max_pixels;
    const auto fit = Extraction::Look::share(extraction_.budget()) / kPixel;
    return std::min(budget.max_pixels, static_cast<std::size_t>(fit));
  }

  void lose_frames() {
    const auto shape = image_shape(content_, kind_, 0, kMostPixels);
    if (shape && shape->more) lose("unsupported");
  }

  /// Where text is not recognised a picture is not read, whatever else there is to say of it.
  void lose(std::string_view reason) {
    if (extraction_.budget().pictures.text) extraction_.lose(reason);
  }

  ByteView content_;
  ImageKind kind_;
  const std::string& where_;
  Extraction& extraction_;
  bool over_ = false;
};

}  // namespace

void read_page_image(const Seen& seen, const std::string& page, const std::string& where,
                     Extraction& extraction) {
  DocumentWriter codes(where, extraction);
  write_codes(seen.codes.read, page, codes);
  codes.flush();
  if (!seen.image || extraction.stopped()) return;
  DocumentWriter text(where, extraction);
  text.group(page);
  recognise(*seen.image, text, extraction);
  text.flush();
}

void read_illustration(ByteView content, ImageKind kind, const std::string& where,
                       Extraction& extraction) {
  const PictureBudget& budget = extraction.budget().pictures;
  if (budget.codes || budget.text) ImageReader(content, kind, where, extraction).read();
}

void read_image(ByteView content, ImageKind kind, const std::string& where,
                Extraction& extraction) {
  read_illustration(content, kind, where, extraction);
  extraction.emit_name(where);
  if (!extraction.budget().pictures.text) extraction.lose("unsupported");
}

}  // namespace huxin::extract
