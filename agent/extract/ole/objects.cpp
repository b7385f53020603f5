#include <fmt/format.h>

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/ole/code_page.hpp"
#include "agent/extract/ole/readers.hpp"

namespace huxin::extract {

namespace {

using namespace std::string_view_literals;

constexpr std::uint16_t kPackager = 2;
constexpr std::string_view kNative = "\1Ole10Native"sv;
/// Streams that are files: of Office Open XML, of Acrobat, of OpenDocument.
constexpr std::string_view kFiles[] = {"Package", "CONTENTS", "EmbeddedOdf", "package_stream"};

/// A text ended by a zero byte.
std::string read_text(ByteReader& reader) {
  const std::string_view rest = as_text(reader.rest());
  const std::size_t size = std::min(rest.find('\0'), rest.size());
  std::string text = from_code_page(reader.take(size), 0);
  reader.skip(1);
  return text;
}

void read_object(const Storage& object, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  extraction.enter_member();
  extraction.check_time();
  if (!descent.allowed() || extraction.stopped()) return;
  if (is_document(object)) {
    read_storage(object, where, extraction);
  } else {
    read_objects(object, where, extraction);
  }
}

/// An object that is none of what is read: a drawing, say. Formulas have no text, and the storages
/// of macros and of the program's own are no objects.
bool is_unknown_object(const Storage& parent, const Storage& object) {
  const bool placed = parent.name() == "ObjectPool" || object.name().starts_with("MBD");
  return placed && !is_document(object) && !holds_object(object) &&
         !object.has_stream("Equation Native");
}

/// Folders that the message itself is read by.
bool is_of_message(std::string_view name) {
  return name.starts_with("__attach_") || name.starts_with("__recip_") ||
         name.starts_with("__nameid_");
}

}  // namespace

void read_native(ByteView stream, const std::string& where, Extraction& extraction) {
  ByteReader reader(stream, 4);
  const ByteView whole = reader.rest();
  const bool tagged = reader.u16() == kPackager;
  const std::string name = read_text(reader);
  read_text(reader);
  reader.skip(4);
  reader.skip(reader.u32());
  const std::size_t size = reader.u32();
  const bool package =
      tagged && !reader.failed() && !name.empty() && size > 0 && size <= reader.left();
  if (!package) return void(read_any(whole, where, extraction));
  read_any(reader.take(size), fmt::format("{}!{}", where, name), extraction);
  read_if_text(reader.rest(), where, extraction);  // names in UTF-16, by most programs
}

bool is_message(const Storage& storage) { return storage.has_stream("__properties_version1.0"); }

bool is_document(const Storage& storage) {
  constexpr std::string_view kStreams[] = {"Workbook", "Book", "WordDocument",
                                           "PowerPoint Document", "EncryptedPackage"};
  return is_message(storage) || std::ranges::any_of(kStreams, [&](std::string_view name) {
           return storage.has_stream(name);
         });
}

bool holds_object(const Storage& storage) {
  const auto there = [&](std::string_view name) { return storage.has_stream(name); };
  return there(kNative) || std::ranges::any_of(kFiles, there);
}

void read_objects(const Storage& storage, const std::string& where, Extraction& extraction) {
  if (const auto native = storage.stream(kNative)) read_native(*native, where, extraction);
  for (const std::string_view name : kFiles) {
    if (const auto file = storage.stream(name)) read_any(*file, where, extraction);
  }
  const bool message = is_message(storage);
  for (const Storage& object : storage.storages()) {
    if (extraction.stopped()) return;
    if (message && is_of_message(object.name())) continue;
    if (is_unknown_object(storage, object)) extraction.lose("unsupported");
    read_object(object, fmt::format("{}!{}", where, object.name()), extraction);
  }
}

}  // namespace huxin::extract
