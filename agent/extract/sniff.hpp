#pragma once
#include <string_view>

#include "agent/extract/archive/archive_kind.hpp"
#include "agent/extract/image/image_kind.hpp"
#include "policy/base/bytes.hpp"
#include "policy/text/decode.hpp"

namespace huxin::extract {

/// What content is, told by the content alone.
enum class Format : std::uint8_t {
  kText,
  kCsv,
  kHtml,
  kJson,
  kArchive,  ///< a ZIP may be an office document
  kPdf,
  kRtf,
  kForm,
  kMultipart,
  kMail,
  kMailbox,
  kCms,
  kSqlite,
  kDbf,
  kOle,
  kImage,
  kUnknown
};

struct Sniffed {
  Format format = Format::kUnknown;
  text::Encoding encoding = text::Encoding::kBinary;  ///< of the text formats
  ArchiveKind archive = ArchiveKind::kZip;            ///< of kArchive
  ImageKind image = ImageKind::kPng;                  ///< of kImage
};

/// Bytes that sniff() looks at.
inline constexpr std::size_t kSniffed = std::size_t{64} << 10U;

/// Looks at no more than the first kSniffed bytes; whether there are more than that tells whether
/// the content ends there. The encoding is guessed from the content as
/// text/encoding does. kUnknown: binary, and nothing that is known by its first bytes.
Sniffed sniff(ByteView content);
/// The same, of the formats of text alone: kUnknown for anything else.
Sniffed sniff_text(ByteView content);

}  // namespace huxin::extract
