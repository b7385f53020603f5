#include "agent/extract/extract.hpp"

#include "agent/extract/extraction.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/sniff.hpp"

namespace huxin::extract {

std::string_view to_string(Coverage coverage) {
  switch (coverage) {
    case Coverage::kInspected:
      return "inspected";
    case Coverage::kPartial:
      return "partial";
    case Coverage::kNotInspected:
      return "not_inspected";
  }
  return "not_inspected";
}

std::string_view read_any(ByteView content, const std::string& where, Extraction& extraction) {
  if (content.empty()) return "text";
  const Sniffed sniffed = sniff(content);
  switch (sniffed.format) {
    case Format::kText:
      read_text(content, sniffed.encoding, where, extraction);
      return "text";
    case Format::kCsv:
      read_csv(content, sniffed.encoding, where, extraction);
      return "csv";
    case Format::kHtml:
      read_html(content, sniffed.encoding, where, extraction);
      return "html";
    case Format::kJson:
      read_json(content, sniffed.encoding, where, extraction);
      return "json";
    case Format::kForm:
      read_form(content, where, extraction);
      return "form";
    case Format::kMultipart:
      read_multipart(content, where, extraction);
      return "multipart";
    case Format::kMail:
      read_mail(content, where, extraction);
      return "eml";
    case Format::kMailbox:
      read_mailbox(content, where, extraction);
      return "mbox";
    case Format::kCms:
      read_cms(content, where, extraction);
      return "cms";
    case Format::kSqlite:
      read_sqlite(content, where, extraction);
      return "sqlite";
    case Format::kDbf:
      read_dbf(content, where, extraction);
      return "dbf";
    case Format::kPdf:
      read_pdf(content, where, extraction);
      return "pdf";
    case Format::kRtf:
      read_rtf(content, where, extraction);
      return "rtf";
    case Format::kArchive:
      if (sniffed.archive == ArchiveKind::kZip) return read_zip(content, where, extraction);
      read_archive(content, sniffed.archive, where, extraction);
      return to_string(sniffed.archive);
    case Format::kOle:
      return read_ole(content, where, extraction);
    case Format::kUnknown:
      break;
  }
  extraction.emit_name(where);
  extraction.lose("unsupported");
  return "unknown";
}

Outcome extract(ByteView content, std::string_view name, const Budget& budget, const Sink& sink) {
  if (content.size() > budget.max_bytes) {
    return {"unknown", Coverage::kNotInspected, "too_large", content.size()};
  }
  Extraction extraction(budget, sink);
  Outcome outcome;
  outcome.format = read_any(content, std::string(name), extraction);
  outcome.bytes = content.size();
  outcome.reason = extraction.reason();
  if (!outcome.reason.empty()) {
    outcome.coverage = extraction.documents() > 0 ? Coverage::kPartial : Coverage::kNotInspected;
  }
  return outcome;
}

}  // namespace huxin::extract
