#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/mail/charset.hpp"
#include "agent/extract/mail/parts.hpp"
#include "agent/extract/markup/markup.hpp"
#include "agent/extract/sniff.hpp"

namespace huxin::extract {

namespace {

/// Fields that programs write for programs: numbers of theirs look like people's. "*": all that
/// begin so.
constexpr std::string_view kMachinery[] = {"received",
                                           "message-id",
                                           "in-reply-to",
                                           "references",
                                           "dkim-signature",
                                           "return-path",
                                           "arc-*",
                                           "x-*",
                                           "list-*",
                                           "mime-version",
                                           "content-*",
                                           "received-spf",
                                           "autocrypt",
                                           "thread-index",
                                           "precedence",
                                           "feedback-id",
                                           "domainkey-signature",
                                           "authentication-results",
                                           "cfbl-*",
                                           "errors-to",
                                           "resent-message-id"};

bool is_machinery(std::string_view name) {
  return std::ranges::any_of(kMachinery, [&](std::string_view row) {
    const bool prefix = row.ends_with('*');
    if (prefix) row.remove_suffix(1);
    return same_name(prefix ? name.substr(0, row.size()) : name, row);
  });
}

bool is_text(Format format) {
  return format == Format::kText || format == Format::kCsv || format == Format::kHtml ||
         format == Format::kJson || format == Format::kForm;
}

/// Reads a message: its header, then part by part.
class MailReader {
 public:
  MailReader(const std::string& where, Extraction& extraction)
      : where_(where), extraction_(extraction) {}

  void read(std::string_view message) {
    FieldReader fields(message);
    Entity outer = read_header(fields);
    PartReader parts(std::move(outer), fields.body(), extraction_);
    while (const auto part = parts.next()) {
      extraction_.enter_member();
      if (!extraction_.stopped()) read_part(*part);
    }
  }

 private:
  Entity read_header(FieldReader& fields) {
    Entity outer;
    DocumentWriter writer(where_, extraction_);
    writer.group("headers");
    while (const auto field = extraction_.stopped() ? std::nullopt : fields.next()) {
      if (!outer.take(*field)) extraction_.lose("corrupt");
      if (!is_machinery(field->name))
        writer.paragraph(fmt::format("{}: {}", field->name, decode_field(field->body)));
      extraction_.check_time();
    }
    if (!fields.well_formed()) extraction_.lose("corrupt");
    writer.flush();
    return outer;
  }

  void read_part(const MailPart& part) {
    const TransferEncoding encoding = part.entity.encoding;
    if (encoding == TransferEncoding::kNone) {
      read_content(part, as_bytes(part.content));
    } else {
      const std::string decoded = decode_part(part.content, encoding, extraction_);
      read_content(part, as_bytes(decoded));
    }
  }

  void read_content(const MailPart& part, ByteView content) {
    const std::string name = part.entity.name();
    const std::string& type = part.entity.type.value();
    if (!part.outside.empty()) return read_text_part(part.entity, content, part.outside);
    ++part_;
    if (type == "message/rfc822" || type == "message/global") {
      ++message_;
      read_mail(content, inside(name.empty() ? fmt::format("message{}", message_) : name),
                extraction_);
    } else if (type == "application/pgp-encrypted") {
      extraction_.lose("encrypted");  // the next part is what it says so of (RFC 3156, 4)
    } else if (name.empty() && (type.empty() || type.starts_with("text/"))) {
      ++body_;
      read_text_part(part.entity, content, body_ == 1 ? "body" : fmt::format("body{}", body_));
    } else {
      read_any(content, inside(name.empty() ? fmt::format("part{}", part_) : name), extraction_);
    }
  }

  /// What a mail program shows as the message's text, unless it is none.
  void read_text_part(const Entity& entity, ByteView content, std::string_view name) {
    const std::string where = inside(name);
    const std::string charset = entity.type.token("charset");
    const text::Encoding encoding = encoding_of_text(content, charset);
    const Format format = sniff(content).format;
    const bool wide = text::is_utf16(encoding);
    if (hides_in_ascii(charset)) extraction_.lose("unsupported");
    if (entity.type.value() == "text/html" && (is_text(format) || wide)) {
      read_html(content, encoding, where, extraction_);
    } else if (entity.type.value() != "text/html" && (format == Format::kText || wide)) {
      WholeSource source(content);
      read_text(source, encoding, where, extraction_);
    } else {
      read_any(content, where, extraction_);
    }
    if (as_text(content).contains(kPgpMessage)) extraction_.lose("encrypted");
  }

  std::string inside(std::string_view name) const { return fmt::format("{}!{}", where_, name); }

  const std::string& where_;
  Extraction& extraction_;
  unsigned part_ = 0, body_ = 0, message_ = 0;
};

}  // namespace

void read_mail(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  MailReader(where, extraction).read(as_text(content));
}

}  // namespace huxin::extract
