#include <bit>

#include "agent/extract/database/dbf.hpp"
#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/office/plain_number.hpp"
#include "agent/extract/text/words.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kSample = std::size_t{64} << 10U;
constexpr std::uint8_t kEndOfFile = 0x1A;
constexpr int kUnixEpoch = 2'440'588;  // in Julian days

/// What language drivers are Chinese: dBASE's numbers and Windows' (Visual FoxPro, "Code Pages
/// Supported"). Others are often not true, and are guessed.
std::optional<text::Encoding> encoding_of_driver(std::uint8_t driver) {
  if (driver == 0x4D || driver == 0x7A) return text::Encoding::kGb18030;  // code page 936
  if (driver == 0x4F || driver == 0x78) return text::Encoding::kBig5;     // code page 950
  return std::nullopt;
}

std::string_view trimmed(std::string_view cell) {
  const std::size_t first = cell.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  const std::size_t last = cell.find_last_not_of(std::string_view(" \0", 2));
  return last == std::string_view::npos ? std::string_view{} : cell.substr(first, last + 1 - first);
}

std::uint64_t little_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = std::min<std::size_t>(bytes.size(), 8); i-- > 0;)
    value = value << 8U | bytes[i];
  return value;
}

std::string currency(std::uint64_t stored) {
  const auto value = static_cast<std::int64_t>(stored);
  return fmt::format("{:.4f}", static_cast<double>(value) / 10'000);
}

/// Julian day and milliseconds; the time of day is left out.
std::string date_of(std::uint64_t stored) {
  const auto day = static_cast<std::int32_t>(stored & 0xFFFFFFFFU);
  if (day <= 0 || day > 5'373'484) return {};  // the year 9999
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(day - kUnixEpoch))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string real(std::uint64_t stored) {
  return plain_number(fmt::format("{}", std::bit_cast<double>(stored)));
}

/// Reads a table's records, those that are marked as deleted too.
class DbfReader {
 public:
  DbfReader(ByteView content, DbfHeader header, const std::string& where, Extraction& extraction)
      : header_(std::move(header)),
        records_(content.subspan(std::min(content.size(), header_.length))),
        where_(where),
        extraction_(extraction),
        writer_(where, extraction),
        encoding_(encoding()) {}

  void read() {
    for (std::size_t i = 0; i < header_.fields.size(); ++i)
      writer_.cell(0, static_cast<std::uint32_t>(i), decoded(header_.fields[i].name));
    std::uint32_t row = 1;
    std::size_t at = 0;
    for (; !extraction_.stopped() && is_record(at); at += header_.record_length) {
      read_record(records_.subspan(at, header_.record_length), row++);
      if (at % kSample < header_.record_length) extraction_.check_time();
    }
    writer_.flush();
    if (!extraction_.stopped() && row - 1 < header_.records) extraction_.lose("corrupt");
    read_behind(records_.subspan(std::min(at, records_.size())));
  }

 private:
  /// What stands behind the mark of the end is no part of the table, but in the file: a level of
  /// nesting, or tables one behind another would have no end.
  void read_behind(ByteView rest) {
    if (!rest.empty() && rest.front() == kEndOfFile) rest = rest.subspan(1);
    const bool blank = std::ranges::all_of(
        rest, [](std::uint8_t byte) { return byte <= ' ' || byte == kEndOfFile; });
    if (blank || extraction_.stopped()) return;
    const Extraction::Descent descent(extraction_);
    extraction_.enter_member();
    if (descent.allowed() && !extraction_.stopped())
      read_any(rest, where_ + "!behind", extraction_);
  }

  /// The header's count may be old: records behind it are read, up to the mark of the end.
  bool is_record(std::size_t at) const {
    return at < records_.size() && records_.size() - at >= header_.record_length &&
           records_[at] != kEndOfFile;
  }

  void read_record(ByteView record, std::uint32_t row) {
    std::uint32_t column = 0;
    for (const DbfField& field : header_.fields)
      writer_.cell(row, column++, cell(field, record.subspan(field.offset, field.length)));
  }

  std::string cell(const DbfField& field, ByteView bytes) const {
    const bool binary = header_.fox && bytes.size() == 8;
    switch (field.type) {
      case 'I':
      case '+':
        if (bytes.size() != 4) break;
        return std::to_string(static_cast<std::int32_t>(little_endian(bytes)));
      case 'Y':
        if (!binary) break;
        return currency(little_endian(bytes));
      case 'T':
      case '@':
        if (bytes.size() != 8) break;
        return date_of(little_endian(bytes));
      case 'B':
        if (!binary) break;  // of dBASE a memo's number
        return real(little_endian(bytes));
      case 'M':  // in a file of its own, as are pictures and objects
      case 'G':
      case 'P':
      case 'W':
      case 'O':
      case '0':
        return {};
      default:
        break;
    }
    return decoded(trimmed(as_text(bytes)));
  }

  std::string decoded(std::string_view bytes) const {
    return text::decode(as_bytes(bytes), encoding_).text;
  }

  /// What the driver says, unless the texts speak against it.
  text::Encoding encoding() const {
    std::string sample;
    for (std::size_t at = 0; is_record(at) && sample.size() < kSample;
         at += header_.record_length) {
      for (const DbfField& field : header_.fields) {
        if (field.type != 'C') continue;
        sample += trimmed(as_text(records_.subspan(at + field.offset, field.length)));
        sample += '\n';
      }
    }
    const auto encoding = likely_encoding(as_bytes(sample), encoding_of_driver(header_.driver));
    const bool unlikely =
        encoding == text::Encoding::kLatin1 || encoding == text::Encoding::kBinary;
    return unlikely ? text::Encoding::kGb18030 : encoding;
  }

  DbfHeader header_;
  ByteView records_;
  const std::string& where_;
  Extraction& extraction_;
  DocumentWriter writer_;
  text::Encoding encoding_;
};

}  // namespace

void read_dbf(ByteView content, const std::string& where, Extraction& extraction) {
  auto header = dbf_header(content);
  if (!header) return extraction.lose("corrupt");
  if (header->encrypted) return extraction.lose("encrypted");
  DbfReader(content, *std::move(header), where, extraction).read();
}

}  // namespace huxin::extract
