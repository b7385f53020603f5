#include "agent/extract/sniff.hpp"

#include <algorithm>
#include <string>

#include "agent/extract/database/dbf.hpp"
#include "agent/extract/form/form.hpp"
#include "agent/extract/form/multipart.hpp"
#include "agent/extract/mail/cms.hpp"
#include "agent/extract/mail/mail.hpp"
#include "agent/extract/text/csv_dialect.hpp"
#include "agent/extract/text/json.hpp"
#include "policy/text/decode.hpp"

namespace huxin::extract {

namespace {

using namespace std::string_view_literals;

bool is_pdf(std::string_view head) {
  // ISO 32000 readers accept the header anywhere in the first 1,024 bytes.
  return head.substr(0, 1024).contains("%PDF-");
}

bool is_ole(std::string_view head) {
  return head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv);
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// A piece of a page, as mails and clipboards hold it: it begins with a tag of running text,
// and two close.
bool is_html_fragment(std::string_view head) {
  const std::string_view name = head.substr(1, head.find_first_of(" \t\r\n/>", 1) - 1);
  constexpr std::string_view kTags[] = {"p",    "b",    "i",      "u",  "a",  "br",
                                        "span", "font", "strong", "em", "ul", "ol",
                                        "li",   "h1",   "h2",     "h3", "tr", "td"};
  const std::size_t close = head.find("</");
  return std::ranges::find(kTags, name) != std::ranges::end(kTags) &&
         close != std::string_view::npos && head.find("</", close + 1) != std::string_view::npos;
}

bool is_html(std::string_view text) {
  if (!text.starts_with('<')) return false;
  const std::string head = lower_ascii(text.substr(0, 4096));
  if (is_html_fragment(head)) return true;
  for (const std::string_view mark :
       {"<!doctype html", "<html", "<head", "<body", "<table", "<div", "<meta"}) {
    if (head.contains(mark)) return true;
  }
  return false;
}

// Rows of SQL have as many commas each as rows of a table, and are none.
bool is_sql(std::string_view text) {
  const std::string head = lower_ascii(text.substr(0, 4096));
  constexpr std::string_view kBegins[] = {
      "insert into ", "replace into ", "create table ", "drop table ", "--", "/*"};
  const bool begins = std::ranges::any_of(
      kBegins, [&](std::string_view statement) { return head.starts_with(statement); });
  return begins && head.contains(" into ") && head.contains("values");
}

std::string_view trimmed_left(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF"sv);
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

Format text_format(std::string_view raw, std::string_view decoded, bool whole) {
  const std::string_view text = trimmed_left(decoded);
  if (looks_like_multipart(raw)) return Format::kMultipart;
  if (is_html(text)) return Format::kHtml;
  if (looks_like_json(text, whole)) return Format::kJson;
  if (looks_like_form(raw)) return Format::kForm;
  if (!is_sql(text) && csv_dialect(decoded, whole)) return Format::kCsv;
  return Format::kText;
}

}  // namespace

Sniffed sniff(ByteView content) {
  const ByteView look = content.first(std::min(content.size(), kSniffed));
  const std::string_view head = as_text(look);
  if (const auto kind = archive_kind(head)) return {.format = Format::kArchive, .archive = *kind};
  if (is_ole(head)) return {.format = Format::kOle};
  if (head.starts_with("{\\rtf")) return {.format = Format::kRtf};
  if (looks_like_mailbox(head)) return {.format = Format::kMailbox};
  if (looks_like_mail(head)) return {.format = Format::kMail};
  if (cms_kind(look)) return {.format = Format::kCms};
  if (head.starts_with("SQLite format 3\0"sv)) return {.format = Format::kSqlite};
  if (dbf_header(look)) return {.format = Format::kDbf};
  if (is_pdf(head)) return {.format = Format::kPdf};
  if (const auto kind = image_kind(head)) return {.format = Format::kImage, .image = *kind};
  // The parts of a form may be pictures, so the frame is looked for before the encoding.
  if (looks_like_multipart(head)) return {.format = Format::kMultipart};
  return sniff_text(content);
}

Sniffed sniff_text(ByteView content) {
  const ByteView look = content.first(std::min(content.size(), kSniffed));
  const text::Encoding encoding = text::guess_encoding(content);
  if (encoding == text::Encoding::kBinary) return {.format = Format::kUnknown};
  const std::string decoded = text::decode(look, encoding).text;
  return {.format = text_format(as_text(look), decoded, look.size() == content.size()),
          .encoding = encoding};
}

}  // namespace huxin::extract
