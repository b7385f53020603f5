#include <fmt/format.h>

#include "agent/extract/formats.hpp"
#include "agent/extract/ole/readers.hpp"

namespace huxin::extract {

namespace {

/// Tells what a storage is by its streams' names, which every producer writes alike, WPS Office
/// too: .wps, .et and .dps are DOC, XLS and PPT.
std::string_view read_storage(const Storage& storage, const std::string& where,
                              Extraction& extraction) {
  for (const std::string_view name : {"Workbook", "Book"}) {
    if (const auto stream = storage.stream(name)) {
      read_workbook_stream(*stream, where, extraction);
      return "xls";
    }
  }
  if (const auto stream = storage.stream("WordDocument")) {
    read_letter(storage, *stream, where, extraction);
    return "doc";
  }
  extraction.lose(storage.has_stream("EncryptedPackage") ? "encrypted" : "unsupported");
  return "ole";
}

}  // namespace

std::string_view read_ole(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return "ole";
  CompoundFile file(content, extraction);
  return file.empty() ? "ole" : read_storage(Storage(file), where, extraction);
}

}  // namespace huxin::extract
