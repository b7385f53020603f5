#pragma once
#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "agent/extract/source.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/text/document.hpp"

namespace huxin::extract {

/// What is done with pictures. Codes are cheap; text takes a program and seconds a page.
struct PictureBudget {
  bool codes = true;  ///< QR codes and bars are read
  bool text =
      false;  ///< text is recognised, by Tesseract: "no_tesseract" where it is not installed
  std::size_t max_pixels = std::size_t{64} << 20U;  ///< of one picture → "too_large"
  std::size_t max_pages = 20;  ///< whose text is recognised, of a file → "too_many_pictures"
  std::chrono::milliseconds page_deadline{20'000};  ///< for the text of one → "timeout"
};

/// How far extraction goes. Every limit has an outcome with a reason; none is silent.
struct Budget {
  /// Read of a file or a member that has to be there as a whole; more → "too_large". Text is read
  /// window by window, whatever its length; of a file that is longer than this, what the deadline
  /// cuts off is "too_large" too.
  std::size_t max_bytes = std::size_t{64} << 20U;
  std::size_t max_output = std::size_t{256}
                           << 20U;           ///< text and unpacked bytes in all → "too_large"
  std::size_t max_ratio = 200;               ///< unpacked : packed, beyond the first 1 MiB → "bomb"
  std::size_t max_entries = 10'000;          ///< archive members, all levels → "too_many_entries"
  std::size_t max_depth = 8;                 ///< archives in archives → "too_deep"
  std::chrono::milliseconds deadline{5000};  ///< → "timeout"
  PictureBudget pictures;
};

/// How much of a file was seen. The numbers go over the wire and into records: never give one a new
/// meaning.
enum class Coverage : std::uint8_t { kInspected = 1, kPartial = 2, kNotInspected = 3 };
std::string_view to_string(Coverage coverage);  ///< "inspected", "partial", "not_inspected"

/// One reason a file: the gravest, as Extraction ranks them.
struct Outcome {
  /// "text", "csv", "html", "json", "rtf", "docx", "xlsx", "pptx", "odf", "ofd",
  /// "xls", "doc", "ppt", "msg", "ole", "pdf", "form", "multipart", "eml", "mbox", "cms",
  /// "sqlite", "dbf", "png", "jpeg", "tiff", "bmp", "gif", "webp", the name of an archive's kind
  /// ("zip", "7z", …), or "unknown".
  std::string format;
  Coverage coverage = Coverage::kInspected;
  std::string
      reason;  ///< empty, "encrypted", "too_large", "timeout", "unsupported", "corrupt", "bomb", …
  /// Of the file itself, not of what was unpacked.
  std::uint64_t bytes = 0;
  /// Time was over before all was seen, or nobody was there to look, whatever else was lost.
  bool ran_out = false;
};

/// Says whether another moment may see more: time ran out, and not for the file's length.
bool may_pass(const Outcome& outcome);

/// Every reason that an outcome may have, the gravest first.
std::span<const std::string_view> reasons();

/// Takes documents one by one, as they are read; false ends extraction (kPartial, "stopped"). One
/// without text stands for content that is not read, such as a picture: it has a place alone.
using Sink = std::function<bool(text::Document&&)>;

/// Turns a file into text with provenance, by content and never by extension. What was read before
/// a file broke has gone to the sink (kPartial). `name` starts the provenance ("customers.xlsx").
/// Runs inside the worker: takes hostile bytes, throws nothing but bad_alloc.
/// kNotInspected when nothing went to the sink and there is a reason; an empty file is inspected
/// text. Needs no file system but for the programs that read PDF (pdftotext, pdftoppm) and pictures
/// (tesseract).
Outcome extract(Source& source, std::size_t size, std::string_view name, const Budget& budget,
                const Sink& sink);
/// The same of bytes that are there as a whole.
Outcome extract(ByteView content, std::string_view name, const Budget& budget, const Sink& sink);

}  // namespace huxin::extract
