#pragma once
#include <string>
#include <string_view>

#include "agent/extract/archive/archive_kind.hpp"
#include "agent/extract/extraction.hpp"
#include "agent/extract/image/image_kind.hpp"
#include "agent/extract/source.hpp"
#include "policy/text/decode.hpp"

namespace huxin::extract {

// One reader a format, one file each. A reader hands documents to the extraction, records what it
// could not see, and throws nothing but bad_alloc. `where` is the provenance of `content`.

/// What an armoured PGP message begins with (RFC 9580, 6.2).
inline constexpr std::string_view kPgpMessage = "-----BEGIN PGP MESSAGE-----";

/// `encoding` is what sniff() told, and need not hold: what does not decode becomes U+FFFD. Text
/// and tables in text form are read window by window: of any length, in the memory of a window.
/// A PGP message in the first 64 KiB loses "encrypted". A file of contact cards is decoded:
/// decode_cards().
void read_text(Source& source, text::Encoding encoding, const std::string& where,
               Extraction& extraction);
/// A heading row is repeated in each window, mapped to an empty place.
void read_csv(Source& source, text::Encoding encoding, const std::string& where,
              Extraction& extraction);
void read_html(ByteView content, text::Encoding encoding, const std::string& where,
               Extraction& extraction);
/// One value or many, one behind another; window by window too, so that only the text it gives is
/// limited.
void read_json(Source& source, text::Encoding encoding, const std::string& where,
               Extraction& extraction);
/// Rich Text Format 1.9.1: cells and paragraphs; notes, headers, text boxes and properties beside
/// them, in groups; hidden and deleted text; embedded objects as content of their own.
/// Groups are followed 4,096 deep; what is in deeper ones is read all the same.
void read_rtf(ByteView content, const std::string& where, Extraction& extraction);
/// The keys become groups. UTF-8 and GBK are told apart value by value.
void read_form(ByteView content, const std::string& where, Extraction& extraction);
/// Fields under 4 KiB become text, everything else is read as content of its own; counts as a level
/// of nesting, and each part as a member.
void read_multipart(ByteView content, const std::string& where, Extraction& extraction);
/// A mail (RFC 5322, MIME of RFC 2045 to 2047 and 2231): the fields that people read in the group
/// "headers", each text as "body", "body2", …, attachments and attached messages by their names,
/// as content of their own. What programs write for programs in a header is not read. PGP loses
/// "encrypted", a text in UTF-7, HZ or ISO 2022 "unsupported", a missing border "corrupt". Counts
/// as a level of nesting, and each part as a member.
void read_mail(ByteView content, const std::string& where, Extraction& extraction);
/// A mailbox (RFC 4155 and its kin; lengths that its messages tell of themselves are not used):
/// each message as "message1", …, in place.
void read_mailbox(ByteView content, const std::string& where, Extraction& extraction);
/// A CMS message (RFC 5652, S/MIME of RFC 8551): what is signed is read, the rest loses
/// "encrypted". Certificates and signatures are not read.
void read_cms(ByteView content, const std::string& where, Extraction& extraction);
/// An SQLite 3 file: every table that is stored, in the order of its rows, its columns' names as
/// the heading row; a blob that is a file as content of its own ("a.db!客户!C7"). Views, triggers,
/// virtual tables and computed columns are not run, freed pages and a log beside the file
/// not read. A file that SQLCipher encrypted cannot be told from noise: it is no SQLite file here.
/// Counts as a level of nesting, and each table and blob as a member.
void read_sqlite(ByteView content, const std::string& where, Extraction& extraction);
/// A DBF table (dBASE III and IV, FoxBASE, FoxPro, Visual FoxPro), its fields' names as the heading
/// row; records marked as deleted and such as the header does not count are read too. The encoding
/// is the language driver's where it is Chinese, else guessed. What memo and object fields hold
/// stands in a file of its own (.dbt, .fpt) and is not read here. dBASE IV's encryption loses
/// "encrypted".
void read_dbf(ByteView content, const std::string& where, Extraction& extraction);
/// A picture: its codes in the groups "qr1" and "barcode1", and, where the budget asks for it, its
/// text line by line; of a TIFF's pages in "p1", "p1!qr1". What cannot be decoded loses what
/// decode_image() says, frames behind the first "unsupported"; else losses are look_at()'s. Without
/// recognition a picture loses "unsupported", whatever its codes gave.
void read_image(ByteView content, ImageKind kind, const std::string& where, Extraction& extraction);
/// A picture that illustrates a document: where text is not recognised nothing is lost by it.
void read_illustration(ByteView content, ImageKind kind, const std::string& where,
                       Extraction& extraction);
/// Through pdftotext, within the time that is left; loses "no_pdftotext" without it. Where the
/// budget asks for the text of pictures, pages without text are drawn and read; where it does not,
/// a document of such pages alone is looked at for codes and loses "no_text". Pictures on pages
/// with text are not read.
void read_pdf(ByteView content, const std::string& where, Extraction& extraction);
/// Office Open XML, ECMA-376. Headers, footers, notes, comments, text boxes, hidden sheets, deleted
/// text and the properties that people write are read too; a sheet in the binary form (XLSB) is
/// not, and loses "unsupported".
void read_docx(ByteView content, const std::string& where, Extraction& extraction);
void read_xlsx(ByteView content, const std::string& where, Extraction& extraction);
void read_pptx(ByteView content, const std::string& where, Extraction& extraction);
/// OpenDocument text, sheets and slides, ODF 1.3. Encrypted parts lose "encrypted".
void read_odf(ByteView content, const std::string& where, Extraction& extraction);
/// The Chinese fixed layout, GB/T 33190-2016: pages with their templates and annotations, lines put
/// together by where text stands; attachments and what a document tells of itself.
void read_ofd(ByteView content, const std::string& where, Extraction& extraction);
/// Reads every member as content of its own. What only begins like an archive and is text is read
/// as that, with the loss "corrupt". An encrypted member, or an archive whose names are
/// encrypted too, loses "encrypted".
void read_archive(ByteView content, ArchiveKind kind, const std::string& where,
                  Extraction& extraction);
/// Tells office documents from other archives by their parts, reads them as what they are, and
/// returns "docx", "xlsx", "pptx", "odf", "ofd" or "zip".
std::string_view read_zip(ByteView content, const std::string& where, Extraction& extraction);

/// Compound files ([MS-CFB]); returns "xls", "doc", "ppt", "msg" or, for what is none of these,
/// "ole".
std::string_view read_ole(ByteView content, const std::string& where, Extraction& extraction);

/// Reads content as the text that it is, or not at all: what it begins with is not believed.
void read_if_text(ByteView content, const std::string& where, Extraction& extraction);

/// Sniffs and reads content of any format; returns the format's name. Readers of containers call it
/// for each member. "text" for empty content; loses "unsupported" or "encrypted" for what is not
/// read. Of what has to be there as a whole the first max_bytes are read, and more of it loses
/// "too_large".
std::string_view read_any(Source& source, const std::string& where, Extraction& extraction);
std::string_view read_any(ByteView content, const std::string& where, Extraction& extraction);

}  // namespace huxin::extract
