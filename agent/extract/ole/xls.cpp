#include <fmt/format.h>

#include <map>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/ole/biff.hpp"
#include "agent/extract/ole/cell_value.hpp"
#include "agent/extract/ole/code_page.hpp"
#include "agent/extract/ole/hyperlink.hpp"
#include "agent/extract/ole/readers.hpp"
#include "agent/extract/ole/shared_strings.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kLook = std::size_t{64} << 10U;  // bytes between two looks at the clock
constexpr std::size_t kMaxSheets = 65'536;             // beyond it sheets go by no name

/// [MS-XLS] 2.3.2, and the older records of BIFF5.
enum class Type : std::uint16_t {
  kFormula = 0x0006,
  kEof = 0x000A,
  kHeader = 0x0014,
  kFooter = 0x0015,
  kNote = 0x001C,
  kFilePass = 0x002F,
  kCodePage = 0x0042,
  kBoundSheet = 0x0085,
  kMulRk = 0x00BD,
  kPivotCache = 0x00C6,
  kPivotNumber = 0x00C9,
  kPivotString = 0x00CD,
  kRichString = 0x00D6,
  kSst = 0x00FC,
  kLabelSst = 0x00FD,
  kTextObject = 0x01B6,
  kHyperlink = 0x01B8,
  kNumber = 0x0203,
  kLabel = 0x0204,
  kBoolErr = 0x0205,
  kString = 0x0207,
  kRk = 0x027E,
  kBof = 0x0809,
  kSeriesText = 0x100D,
};

struct Place {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
};

struct Sheet {
  std::string name;
  std::size_t number = 0;
};

std::string truth(bool value) { return value ? "TRUE" : "FALSE"; }

/// Walks a workbook: its globals come first, then one substream a sheet, in which charts have
/// substreams of their own.
class WorkbookReader {
 public:
  WorkbookReader(ByteView stream, const std::string& where, Extraction& extraction)
      : records_(stream), writer_(where, extraction), extraction_(extraction) {}

  void read() {
    BiffRecord record;
    std::size_t looked = 0;
    while (!encrypted_ && !extraction_.stopped() && records_.next(record)) {
      take(record);
      if (record.at - looked < kLook) continue;
      looked = record.at;
      extraction_.check_time();
    }
    writer_.flush();
    if (records_.cut() || !begun_) extraction_.lose("corrupt");
  }

 private:
  void take(const BiffRecord& record) {
    switch (static_cast<Type>(record.type)) {
      case Type::kBof:
        return begin(record);
      case Type::kPivotCache:
        begun_ = true;
        return;
      case Type::kEof:
        return end();
      case Type::kFilePass:
        encrypted_ = true;
        return extraction_.lose("encrypted");
      case Type::kCodePage:
        code_page_ = ByteReader(record.body).u16();
        return;
      case Type::kBoundSheet:
        return add_sheet(record);
      case Type::kSst:
        return strings_.read(records_.continued(record), extraction_);
      default:
        return take_cell(record);
    }
  }

  void take_cell(const BiffRecord& record) {
    ByteReader body(record.body);
    const Place place{body.u16(), body.u16()};
    body.skip(2);
    switch (static_cast<Type>(record.type)) {
      case Type::kLabelSst:
        return take_shared(place, body.u32());
      case Type::kLabel:
      case Type::kRichString:
        return cell(place, long_string(record, body.at()));
      case Type::kNumber:
        return number(place, shown_number(from_bits(body.u64())));
      case Type::kRk:
        return number(place, shown_number(from_rk(body.u32())));
      case Type::kMulRk:
        return take_row(record);
      case Type::kFormula:
        return take_formula(place, body);
      case Type::kString:
        return cell(formula_, long_string(record, 0));
      case Type::kBoolErr:
        return take_bool_or_error(place, body);
      default:
        return take_text(record);
    }
  }

  void take_text(const BiffRecord& record) {
    switch (static_cast<Type>(record.type)) {
      case Type::kHeader:
      case Type::kFooter:
        if (record.body.empty()) return;
        return writer_.paragraph(wide_ ? long_string(record, 0) : short_string(record, 0));
      case Type::kTextObject:
        return take_text_object(record);
      case Type::kNote:
        if (!wide_) take_old_note(record);
        return;
      case Type::kHyperlink:
        return beside("links", hyperlink_text(ByteReader(record.body, 24).rest()));
      case Type::kPivotNumber:
        return writer_.paragraph(shown_number(from_bits(ByteReader(record.body).u64())));
      case Type::kPivotString:
        return writer_.paragraph(long_string(record, 0));
      case Type::kSeriesText:
        return writer_.paragraph(short_string(record, 2));
      default:
        return;
    }
  }

  void begin(const BiffRecord& record) {
    ByteReader body(record.body);
    const std::uint16_t version = body.u16();
    if (!begun_) wide_ = version >= 0x0600;
    begun_ = true;
    writer_.end_table();
    if (const auto known = sheets_.find(record.at); known != sheets_.end()) {
      sheet_ = known->second;
      depth_ = 0;
    }
    writer_.group(depth_ == 0 ? sheet_.name : fmt::format("{} chart", sheet_.name));
    ++depth_;
  }

  void end() {
    writer_.end_table();
    if (depth_ > 0) --depth_;
    writer_.group(sheet_.name);
  }

  void add_sheet(const BiffRecord& record) {
    if (sheets_.size() >= kMaxSheets) return;
    const std::size_t at = ByteReader(record.body).u32();
    sheets_.try_emplace(at, Sheet{short_string(record, 6), sheets_.size() + 1});
  }

  void take_shared(Place place, std::size_t index) {
    if (index >= strings_.size()) extraction_.lose("corrupt");
    cell(place, strings_.at(index));
  }
  void take_bool_or_error(Place place, ByteReader& body) {
    const std::uint8_t value = body.u8();
    cell(place, bool_or_error(value, body.u8() != 0));
  }
  void number(Place place, std::string_view text) {
    writer_.cell(place.row, place.column, text, true);
  }
  void cell(Place place, std::string_view text) { writer_.cell(place.row, place.column, text); }

  /// MULRK: numbers side by side, a format before each.
  void take_row(const BiffRecord& record) {
    ByteReader body(record.body);
    Place place{body.u16(), body.u16()};
    for (; body.left() >= 8; ++place.column) {
      body.skip(2);
      number(place, shown_number(from_rk(body.u32())));
    }
  }

  /// FormulaValue, [MS-XLS] 2.5.133. A text comes in a record of its own.
  void take_formula(Place place, ByteReader& body) {
    formula_ = place;
    const std::uint64_t value = body.u64();
    if (value >> 48U != 0xFFFF) return number(place, shown_number(from_bits(value)));
    const auto kind = static_cast<std::uint8_t>(value);
    const auto shown = static_cast<std::uint8_t>(value >> 16U);
    if (kind == 1 || kind == 2) cell(place, bool_or_error(shown, kind == 2));
  }

  static std::string bool_or_error(std::uint8_t value, bool error) {
    return error ? std::string(error_name(value)) : truth(value != 0);
  }

  /// The text of a comment, a text box or a button stands in the CONTINUE records behind it.
  void take_text_object(const BiffRecord& record) {
    const std::size_t count = ByteReader(record.body, 10).u16();
    ContinuedReader reader = records_.continued(record);
    reader.skip_part();
    std::string text;
    reader.append_text(text, count, false);
    if (reader.failed()) extraction_.lose("corrupt");
    beside("comments", text);
  }

  /// Of BIFF5, whose comments hold their text themselves.
  void take_old_note(const BiffRecord& record) {
    ByteReader body(record.body, 6);
    beside("comments", from_code_page(body.rest(), code_page_));
  }

  /// What stands beside the cells: "comments1" of the first sheet.
  void beside(std::string_view what, std::string_view text) {
    writer_.group(fmt::format("{}{}", what, sheet_.number));
    writer_.paragraph(text);
    writer_.group(sheet_.name);
  }

  /// A string with its length in two bytes, which stands at `at` of the record.
  std::string long_string(const BiffRecord& record, std::size_t at) {
    if (!wide_) {
      ByteReader body(record.body, at);
      const std::size_t size = body.u16();
      return from_code_page(body.take(size), code_page_);
    }
    ContinuedReader reader = records_.continued(record);
    reader.skip(at);
    const std::size_t count = reader.u16();
    return flagged_string(reader, count);
  }

  /// The same with its length in one byte.
  std::string short_string(const BiffRecord& record, std::size_t at) {
    ByteReader body(record.body, at);
    const std::size_t size = body.u8();
    if (!wide_) return from_code_page(body.take(size), code_page_);
    ContinuedReader reader({body.rest()});
    return flagged_string(reader, size);
  }

  std::string flagged_string(ContinuedReader& reader, std::size_t count) {
    std::string text;
    const bool wide = (reader.u8() & 1U) != 0;
    reader.append_text(text, count, wide);
    if (reader.failed()) extraction_.lose("corrupt");
    return text;
  }

  BiffReader records_;
  DocumentWriter writer_;
  Extraction& extraction_;
  SharedStrings strings_;
  std::map<std::size_t, Sheet> sheets_;  ///< by where in the stream they begin
  Sheet sheet_;
  Place formula_;  ///< the last one
  std::size_t depth_ = 0;
  std::uint32_t code_page_ = 0;
  bool begun_ = false;
  bool wide_ = true;  ///< BIFF8: strings are Unicode
  bool encrypted_ = false;
};

}  // namespace

void read_workbook_stream(ByteView stream, const std::string& where, Extraction& extraction) {
  WorkbookReader(stream, where, extraction).read();
}

}  // namespace huxin::extract
