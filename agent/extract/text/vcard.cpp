#include "agent/extract/text/vcard.hpp"

#include <fmt/format.h>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/mail/charset.hpp"
#include "agent/extract/mail/header.hpp"
#include "agent/extract/mail/transfer_encoding.hpp"
#include "agent/extract/markup/markup.hpp"
#include "agent/extract/text/whole_text.hpp"

namespace huxin::extract {

namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::string_view kBegin = "BEGIN:VCARD";
constexpr std::string_view kCharset = "CHARSET=";
constexpr std::string_view kEncoding = "ENCODING=";

/// One property of a card, as it stands there: folded, and encoded.
struct Property {
  std::string_view name;  ///< with its group: "TEL", "item1.TEL"
  std::string_view charset;
  TransferEncoding encoding = TransferEncoding::kNone;
  std::string_view value;  ///< with the line ends inside it
};

bool has_prefix(std::string_view text, std::string_view prefix) {
  return same_name(text.substr(0, prefix.size()), prefix);
}

/// vCard 2.1 leaves "ENCODING=" out at will, 3.0 writes "b".
TransferEncoding encoding_named(std::string_view name) {
  return same_name(name, "b") ? TransferEncoding::kBase64 : transfer_encoding(name);
}

void take_parameter(std::string_view parameter, Property& property) {
  if (has_prefix(parameter, kCharset)) {
    property.charset = parameter.substr(kCharset.size());
    return;
  }
  if (has_prefix(parameter, kEncoding)) parameter.remove_prefix(kEncoding.size());
  const TransferEncoding encoding = encoding_named(parameter);
  if (encoding != TransferEncoding::kNone) property.encoding = encoding;
}

/// Where the value begins: behind the first colon that no quotes are around.
std::size_t value_begin(std::string_view line) {
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '"') quoted = !quoted;
    if (line[at] == ':' && !quoted) return at + 1;
  }
  return kNone;
}

/// Whether the next line goes on with what has been read: by a blank at its begin, in
/// quoted-printable by the "=" that ends the last one, in base64 unless it is blank or a property.
bool goes_on(TransferEncoding encoding, std::string_view last, std::string_view next) {
  if (next.starts_with(' ') || next.starts_with('\t')) return true;
  if (encoding == TransferEncoding::kQuotedPrintable) return last.ends_with('=');
  return encoding == TransferEncoding::kBase64 && !next.empty() && !next.contains(':');
}

/// Without its folds, and without the backslashes before marks (RFC 6350, 3.4). On one line.
std::string plain(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    const char next = at + 1 < value.size() ? value[at + 1] : '\0';
    if (c == '\n' && (next == ' ' || next == '\t')) {
      ++at;
    } else if (c == '\\' && std::string_view("\\,;:nN").contains(next)) {
      text += next == 'n' || next == 'N' ? ' ' : next;
      ++at;
    } else if (c != '\r') {
      text += c == '\n' ? ' ' : c;
    }
  }
  return text;
}

class CardReader {
 public:
  CardReader(std::string_view text, const std::string& where, Extraction& extraction)
      : rest_(text), where_(where), extraction_(extraction), writer_(where, extraction) {}

  void read() {
    while (!rest_.empty() && !extraction_.stopped()) {
      extraction_.check_time();
      write(next());
    }
    writer_.flush();
  }

 private:
  Property next() {
    const char* const begin = rest_.data();
    std::string_view line = take_line(rest_);
    Property property;
    const std::size_t value = value_begin(line);
    if (value != kNone) {
      const std::string_view head = line.substr(0, value - 1);
      property.name = head.substr(0, head.find(';'));
      for (std::size_t at = head.find(';'); at != kNone;) {
        const std::size_t end = head.find(';', at + 1);
        take_parameter(head.substr(at + 1, end == kNone ? kNone : end - at - 1), property);
        at = end;
      }
    }
    for (std::string_view ahead = rest_; !ahead.empty();) {
      const std::string_view further = take_line(ahead);
      if (!goes_on(property.encoding, line, further)) break;
      line = further;
      rest_ = ahead;
    }
    const std::string_view whole(begin,
                                 static_cast<std::size_t>(line.data() + line.size() - begin));
    property.value = value == kNone ? whole : whole.substr(value);
    return property;
  }

  void write(const Property& property) {
    if (same_name(property.name, "BEGIN")) {
      writer_.group(fmt::format("card{}", ++card_));
      file_ = 0;
    }
    if (property.encoding == TransferEncoding::kBase64) return read_file(property);
    std::string value;
    if (property.encoding == TransferEncoding::kNone) {
      value = plain(property.value);
    } else {
      const std::string bytes = decode_part(property.value, property.encoding, extraction_);
      value = plain(words_utf8(bytes, property.charset));
    }
    writer_.paragraph(property.name.empty() ? value : fmt::format("{}:{}", property.name, value));
  }

  /// A picture or a key is content of its own.
  void read_file(const Property& property) {
    extraction_.enter_member();
    if (extraction_.stopped()) return;
    const std::string bytes = decode_part(property.value, property.encoding, extraction_);
    read_any(as_bytes(bytes), fmt::format("{}!card{}!file{}", where_, card_, ++file_), extraction_);
  }

  std::string_view rest_;
  const std::string& where_;
  Extraction& extraction_;
  DocumentWriter writer_;
  std::size_t card_ = 0;
  std::size_t file_ = 0;  ///< of the card
};

}  // namespace

bool looks_like_vcard(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  return begin != kNone && has_prefix(head.substr(begin), kBegin);
}

void read_vcard(ByteView content, text::Encoding encoding, const std::string& where,
                Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  const WholeText whole(content, encoding);
  CardReader(whole.text(), where, extraction).read();
}

}  // namespace huxin::extract
