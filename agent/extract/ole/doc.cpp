#include <limits>

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/ole/code_page.hpp"
#include "agent/extract/ole/file_information.hpp"
#include "agent/extract/ole/letter_writer.hpp"
#include "agent/extract/ole/piece_table.hpp"
#include "agent/extract/ole/readers.hpp"
#include "agent/extract/ole/table_marks.hpp"

namespace huxin::extract {

namespace {

using Mark = TableMarks::Mark;

constexpr std::size_t kLook = std::size_t{64} << 10U;  // bytes between two looks at the clock

/// Beside FileInformation::characters.
constexpr std::string_view kParts[] = {"",         "footnotes", "headers",   "macros",
                                       "comments", "endnotes",  "textboxes", "header textboxes"};

/// Walks the text of a letter, piece by piece. Characters below the blank are marks ([MS-DOC]
/// 2.4.1): the ends of paragraphs and cells, fields, places of pictures.
class LetterReader {
 public:
  /// `code_page`: of the characters that are a byte each.
  LetterReader(ByteView main_stream, const TableMarks& marks, std::uint32_t code_page,
               LetterWriter& writer, Extraction& extraction)
      : stream_(main_stream),
        marks_(marks),
        code_page_(code_page),
        writer_(writer),
        extraction_(extraction) {}

  /// Reads the characters [begin, end) of the text.
  void read(const std::vector<Piece>& pieces, std::uint64_t begin, std::uint64_t end) {
    for (const Piece& piece : pieces) {
      if (extraction_.stopped()) return;
      const std::uint64_t from = std::max<std::uint64_t>(piece.begin, begin);
      const std::uint64_t to = std::min<std::uint64_t>(piece.end, end);
      if (from >= to) continue;
      const std::size_t offset = piece.offset + ((from - piece.begin) * piece.width());
      read_bytes(offset, (to - from) * piece.width(), piece.narrow);
    }
  }

 private:
  void read_bytes(std::size_t offset, std::size_t size, bool narrow) {
    const ByteView bytes = ByteReader(stream_, offset).take(size);
    if (bytes.size() < size) extraction_.lose("corrupt");
    for (std::size_t at = 0; at < bytes.size() && !extraction_.stopped();) {
      const ByteView some = narrow ? cut<1>(bytes.subspan(at)) : cut<2>(bytes.subspan(at));
      narrow ? read_some<1>(some, offset + at) : read_some<2>(some, offset + at);
      at += some.size();
      writer_.flow();
      extraction_.check_time();
    }
  }

  template <std::size_t kWidth>
  static bool is_mark(const std::uint8_t* character) {
    return character[0] < 0x20 && (kWidth == 1 || character[1] == 0);
  }

  /// A stretch that ends at a mark, if there is one, so that no character is cut in two.
  template <std::size_t kWidth>
  static ByteView cut(ByteView bytes) {
    std::size_t end = std::min(kLook, bytes.size());
    while (end + kWidth <= bytes.size() && end < 2 * kLook && !is_mark<kWidth>(&bytes[end]))
      end += kWidth;
    return bytes.first(end);
  }

  /// Runs of characters are appended as one.
  template <std::size_t kWidth>
  void read_some(ByteView bytes, std::size_t offset) {
    std::size_t plain = 0;
    std::size_t at = 0;
    for (; at + kWidth <= bytes.size(); at += kWidth) {
      if (!is_mark<kWidth>(&bytes[at])) continue;
      append<kWidth>(bytes.subspan(plain, at - plain));
      plain = at + kWidth;
      take_mark(bytes[at], offset + at);
    }
    append<kWidth>(bytes.subspan(plain, at - plain));
  }

  template <std::size_t kWidth>
  void append(ByteView plain) {
    std::string& out = writer_.pending();
    if (kWidth == 2) return append_utf16(out, plain);
    code_page_ == 1252 ? append_windows_1252(out, plain)
                       : void(out += from_code_page(plain, code_page_));
  }

  void take_mark(std::uint8_t mark, std::size_t offset) {
    if (mark != 0x07) after_cell_ = false;
    switch (mark) {
      case 0x07:
        return take_cell_mark(offset);
      case 0x0D:
      case 0x0C:  // of a page or a section
      case 0x0E:  // of a column
        return writer_.end_paragraph(marks_.at(offset) != Mark::kOutside);
      case 0x09:
        return writer_.pending().push_back('\t');
      case 0x0B:
        return writer_.pending().push_back('\n');
      case 0x14:  // between a field's code and its result
        return writer_.pending().push_back(' ');
      case 0x1E:
        return writer_.pending().push_back('-');
      default:
        return;
    }
  }

  /// Where nothing is known of paragraphs, a mark right behind another ends the row.
  void take_cell_mark(std::size_t offset) {
    const bool guessed = after_cell_ && writer_.pending().empty();
    const bool ends = marks_.unknown() ? guessed : marks_.at(offset) == Mark::kEndOfRow;
    ends ? writer_.end_row() : writer_.end_cell();
    after_cell_ = !ends;
  }

  ByteView stream_;
  const TableMarks& marks_;
  std::uint32_t code_page_;
  LetterWriter& writer_;
  Extraction& extraction_;
  bool after_cell_ = false;
};

std::uint32_t code_page_of(std::uint16_t language) {
  switch (language) {
    case 0x0804:
      return 936;
    case 0x0404:
      return 950;
    default:
      return 0;
  }
}

/// Word 6 and 95: one stretch of bytes, in the code page of the language.
void read_old_letter(ByteView main_stream, const FileInformation& information, LetterWriter& writer,
                     Extraction& extraction) {
  const TableMarks unknown({}, {}, extraction);
  const Piece all{0, information.bytes.size, information.bytes.begin, true};
  LetterReader(main_stream, unknown, code_page_of(information.language), writer, extraction)
      .read({all}, 0, all.end);
}

void read_new_letter(ByteView main_stream, ByteView table, const FileInformation& information,
                     LetterWriter& writer, Extraction& extraction) {
  const TableMarks marks(main_stream, at_place(table, information.paragraph_pages), extraction);
  const std::vector<Piece> pieces = read_piece_table(at_place(table, information.pieces));
  if (pieces.empty()) return extraction.lose("corrupt");
  LetterReader reader(main_stream, marks, 1252, writer, extraction);
  std::uint64_t begin = 0;
  for (std::size_t part = 0; part < std::size(kParts); ++part) {
    const std::uint64_t end = begin + information.characters[part];
    writer.begin_part(kParts[part]);
    reader.read(pieces, begin, end);
    begin = end;
  }
  writer.begin_part("");
  reader.read(pieces, begin, std::numeric_limits<std::uint64_t>::max());
}

}  // namespace

void read_letter(const Storage& storage, ByteView main_stream, const std::string& where,
                 Extraction& extraction) {
  const auto information = read_file_information(main_stream);
  if (!information) return extraction.lose("corrupt");
  if (information->encrypted) return extraction.lose("encrypted");
  LetterWriter writer(where, extraction);
  if (information->old) {
    read_old_letter(main_stream, *information, writer, extraction);
  } else {
    const auto table = storage.stream(information->second_table ? "1Table" : "0Table");
    if (!table) return extraction.lose("corrupt");
    read_new_letter(main_stream, *table, *information, writer, extraction);
  }
  writer.finish();
}

}  // namespace huxin::extract
