#include "agent/extract/formats.hpp"
#include "agent/extract/ole/readers.hpp"

namespace huxin::extract {

namespace {

/// A pivot table keeps a copy of the rows it sums up, also when their sheet is gone ([MS-XLS]
/// 2.1.7.12).
void read_pivot_caches(const Storage& workbook, const std::string& where, Extraction& extraction) {
  const auto caches = workbook.storage("_SX_DB_CUR");
  if (!caches) return;
  for (const std::string& name : caches->stream_names()) {
    if (extraction.stopped()) return;
    const auto stream = caches->stream(name);
    if (stream) read_workbook_stream(*stream, where + "!pivot" + name, extraction);
  }
}

/// Every producer names these streams alike, WPS Office too: .wps, .et and .dps are DOC, XLS and
/// PPT. A file may be several documents (Excel 95 and 97 in one), and all are read; the format is
/// the last one's, empty where there is none.
std::string_view read_documents(const Storage& storage, const std::string& where,
                                Extraction& extraction) {
  std::string_view format;
  if (const auto stream = storage.stream("PowerPoint Document")) {
    read_slides(storage, *stream, where, extraction);
    format = "ppt";
  }
  if (const auto stream = storage.stream("WordDocument")) {
    read_letter(storage, *stream, where, extraction);
    format = "doc";
  }
  for (const std::string_view name : {"Workbook", "Book"}) {
    const auto stream = storage.stream(name);
    if (!stream) continue;
    read_workbook_stream(*stream, where, extraction);
    format = "xls";
  }
  read_pivot_caches(storage, where, extraction);
  return format;
}

}  // namespace

std::string_view read_storage(const Storage& storage, const std::string& where,
                              Extraction& extraction) {
  std::string_view format;
  if (is_message(storage)) {
    read_message(storage, false, where, extraction);
    format = "msg";
  }
  const std::string_view document = read_documents(storage, where, extraction);
  if (!document.empty()) format = document;
  read_properties(storage, where, extraction);
  read_objects(storage, where, extraction);
  const bool encrypted = storage.has_stream("EncryptedPackage");
  if (encrypted) extraction.lose("encrypted");
  if (!format.empty()) return format;
  if (!encrypted && !holds_object(storage) && !storage.storage("VBA")) {
    extraction.emit_name(where);
    extraction.lose("unsupported");
  }
  return "ole";
}

std::string_view read_ole(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return "ole";
  CompoundFile file(content, extraction);
  return file.empty() ? "ole" : read_storage(Storage(file), where, extraction);
}

}  // namespace huxin::extract
