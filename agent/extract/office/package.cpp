#include "agent/extract/office/package.hpp"

#include <algorithm>
#include <array>

#include "agent/extract/archive/member_source.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/image/image_shape.hpp"
#include "agent/extract/markup/texts.hpp"
#include "agent/extract/sniff.hpp"

namespace huxin::extract {
namespace {

constexpr std::string_view kXml = ".xml";
constexpr std::size_t kThumbnailSide = 512;  // pixels; LibreOffice's longer side

bool is_place_of_binaries(std::string_view name) {
  constexpr std::array<std::string_view, 8> kPlaces = {
      "media/",      "fonts/", "printerSettings/", "Pictures/",
      "Thumbnails/", "Res/",   "Signs/",           "docProps/"};
  return std::ranges::any_of(kPlaces, [&](std::string_view place) { return name.contains(place); });
}

/// The first page as a file manager shows it (ODF 1.3 part 2, 3.7; ECMA-376 part 2, 13): all of it
/// stands in the document. A larger picture under its name is looked at.
bool is_thumbnail(std::string_view name, ByteView picture, ImageKind kind) {
  if (!name.starts_with("Thumbnails/thumbnail.") && !name.starts_with("docProps/thumbnail."))
    return false;
  const auto shape = image_shape(picture, kind, 0, kThumbnailSide * kThumbnailSide);
  return shape && std::max(shape->width, shape->height) <= kThumbnailSide;
}

void read_rest(Archive& archive, const Part& part, const std::string& where,
               Extraction& extraction) {
  if (part.name.ends_with(kXml) || part.name.ends_with(".rels")) {
    part.beside.group(part.name);
    return write_texts(part.markup, part.beside, extraction);
  }
  if (part.name == "mimetype") return;
  MemberSource inside(archive, extraction);
  const std::string place = fmt::format("{}!{}", where, part.name);
  if (is_place_of_binaries(part.name)) {
    const Sniffed sniffed = sniff(inside.from(0, kSniffed));
    if (sniffed.format == Format::kUnknown) return;
    if (sniffed.format == Format::kImage) {
      const Source::Whole picture = inside.whole(extraction.budget().max_bytes);
      if (picture.cut) extraction.lose("too_large");
      if (is_thumbnail(part.name, picture.bytes, sniffed.image)) return;
      return read_illustration(picture.bytes, sniffed.image, place, extraction);
    }
  }
  read_any(inside, place, extraction);
}

}  // namespace

std::string_view part_stem(std::string_view name, std::string_view folder) {
  if (!name.starts_with(folder) || !name.ends_with(kXml)) return {};
  const std::string_view file = name.substr(name.rfind('/') + 1);
  return file.substr(0, file.size() - kXml.size());
}

bool is_numbered(std::string_view stem, std::string_view name) {
  return stem.starts_with(name) &&
         stem.find_first_not_of("0123456789", name.size()) == std::string_view::npos;
}

void read_package(ByteView content, const std::string& where, Extraction& extraction,
                  const std::function<bool(Part&)>& use) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  Archive archive(content, ArchiveKind::kZip, extraction);
  DocumentWriter writer(where, extraction);
  DocumentWriter beside(where, extraction);
  while (const auto member = archive.next()) {
    extraction.enter_member();
    if (!member->file) continue;
    Markup markup([&](char* to, std::size_t size) { return archive.read(to, size); });
    Part part{member->name, markup, writer, beside};
    if (!use(part)) read_rest(archive, part, where, extraction);
  }
  writer.flush();
  beside.flush();
}

}  // namespace huxin::extract
