#include "agent/extract/extract.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "agent/extract/archive/attached_archive.hpp"
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

bool may_pass(const Outcome& outcome) { return outcome.ran_out && outcome.reason != "too_large"; }

namespace {

/// What has to be there as a whole.
std::string_view read_whole(ByteView content, const Sniffed& sniffed, const std::string& where,
                            Extraction& extraction) {
  switch (sniffed.format) {
    case Format::kHtml:
      read_html(content, sniffed.encoding, where, extraction);
      return "html";
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
    case Format::kImage:
      read_image(content, sniffed.image, where, extraction);
      return to_string(sniffed.image);
    case Format::kText:
    case Format::kCsv:
    case Format::kJson:
    case Format::kUnknown:
      break;
  }
  extraction.emit_name(where);
  extraction.lose("unsupported");
  return "unknown";
}

/// What is put behind content that has an end of its own; a program holds nothing else that is
/// read.
void read_attached(ByteView content, Format format, const std::string& where,
                   Extraction& extraction) {
  constexpr Format kMayCarry[] = {Format::kUnknown, Format::kPdf, Format::kImage, Format::kOle,
                                  Format::kRtf};
  if (extraction.stopped() || std::ranges::find(kMayCarry, format) == std::end(kMayCarry)) return;
  const auto attached = attached_archive(content);
  if (!attached) return;
  if (attached->kind == ArchiveKind::kZip) {
    read_zip(attached->content, where, extraction);
  } else {
    read_archive(attached->content, attached->kind, where, extraction);
  }
}

/// Of any length, in the memory of a window; nullopt for what has to be there as a whole.
std::optional<std::string_view> read_by_windows(const Sniffed& sniffed, Source& source,
                                                const std::string& where, Extraction& extraction) {
  switch (sniffed.format) {
    case Format::kText:
      read_text(source, sniffed.encoding, where, extraction);
      return "text";
    case Format::kCsv:
      read_csv(source, sniffed.encoding, where, extraction);
      return "csv";
    case Format::kJson:
      read_json(source, sniffed.encoding, where, extraction);
      return "json";
    default:
      return std::nullopt;
  }
}

std::string_view read_as(const Sniffed& sniffed, Source& source, const std::string& where,
                         Extraction& extraction) {
  if (const auto format = read_by_windows(sniffed, source, where, extraction)) return *format;
  // What is not read need not be held, but for a program, which may unpack itself.
  const bool held = sniffed.format != Format::kUnknown || is_program(source.from(0, kSniffed));
  const Source::Whole content =
      held ? source.whole(extraction.budget().max_bytes) : Source::Whole{};
  if (content.cut) extraction.lose("too_large");
  const std::string_view format = read_whole(content.bytes, sniffed, where, extraction);
  read_attached(content.bytes, sniffed.format, where, extraction);
  return format;
}

}  // namespace

std::string_view read_any(Source& source, const std::string& where, Extraction& extraction) {
  const ByteView head = source.from(0, kSniffed);
  return head.empty() ? "text" : read_as(sniff(head), source, where, extraction);
}

std::string_view read_any(ByteView content, const std::string& where, Extraction& extraction) {
  WholeSource source(content);
  return read_any(source, where, extraction);
}

void read_if_text(ByteView content, const std::string& where, Extraction& extraction) {
  const Sniffed sniffed = sniff_text(content);
  WholeSource source(content);
  if (sniffed.format != Format::kUnknown) read_as(sniffed, source, where, extraction);
}

Outcome extract(Source& source, std::size_t size, std::string_view name, const Budget& budget,
                const Sink& sink) {
  Extraction extraction(budget, sink);
  Outcome outcome;
  outcome.format = read_any(source, std::string(name), extraction);
  outcome.bytes = size;
  outcome.reason = extraction.reason();
  outcome.ran_out = extraction.ran_out();
  // Time ran out because it is so long, and that is what rules ask about.
  if (outcome.reason == "timeout" && size > budget.max_bytes) outcome.reason = "too_large";
  if (!outcome.reason.empty()) {
    outcome.coverage = extraction.documents() > 0 ? Coverage::kPartial : Coverage::kNotInspected;
  }
  return outcome;
}

Outcome extract(ByteView content, std::string_view name, const Budget& budget, const Sink& sink) {
  WholeSource source(content);
  return extract(source, content.size(), name, budget, sink);
}

}  // namespace huxin::extract
