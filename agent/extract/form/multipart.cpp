#include "agent/extract/form/multipart.hpp"

#include "agent/extract/document_writer.hpp"
#include "agent/extract/form/form.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/markup/markup.hpp"
#include "agent/extract/text/words.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kLongestBoundary = 200;  // RFC 2046 says 70; some clients disagree
constexpr std::size_t kLongestHeader = std::size_t{16} << 10U;
constexpr auto kNone = std::string_view::npos;

std::string_view first_line(std::string_view text) {
  const std::size_t end = text.substr(0, kLongestBoundary + 4).find("\r\n");
  return end == kNone ? std::string_view{} : text.substr(0, end);
}

/// A parameter of a header: name="value", name=value, or the RFC 5987 name*=UTF-8''value.
std::string parameter(std::string_view header, std::string_view name) {
  for (std::size_t at = header.find(';'); at != kNone; at = header.find(';', at + 1)) {
    std::string_view rest = header.substr(at + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    const bool extended = rest.size() > name.size() && rest[name.size()] == '*';
    if (!same_name(rest.substr(0, name.size()), name)) continue;
    rest.remove_prefix(name.size() + (extended ? 1 : 0));
    if (!rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    const bool quoted = rest.starts_with('"');
    std::string_view value = quoted ? rest.substr(1, rest.find('"', 1) - 1)
                                    : rest.substr(0, rest.find_first_of(";\r\n \t"));
    if (!extended) return std::string(value);
    if (const std::size_t language = value.rfind('\''); language != kNone)
      value.remove_prefix(language + 1);
    return percent_decoded(value);
  }
  return {};
}

std::string_view disposition(std::string_view headers) {
  static constexpr std::string_view kName = "content-disposition:";
  while (!headers.empty()) {
    const std::string_view line = headers.substr(0, headers.find("\r\n"));
    if (same_name(line.substr(0, kName.size()), kName)) return line.substr(kName.size());
    headers.remove_prefix(std::min(headers.size(), line.size() + 2));
  }
  return {};
}

}  // namespace

bool looks_like_multipart(std::string_view head) {
  if (!head.starts_with("--")) return false;
  const std::string_view line = first_line(head);
  if (line.size() < 3) return false;
  const std::string_view after = head.substr(line.size() + 2, kLongestHeader);
  return !disposition(after.substr(0, after.find("\r\n\r\n"))).empty();
}

MultipartReader::MultipartReader(std::string_view body) {
  const std::string_view line = first_line(body);
  delimiter_ = "\r\n" + std::string(line);
  rest_ = body.substr(std::min(body.size(), line.size()));
}

std::optional<Part> MultipartReader::next() {
  if (truncated_ || rest_.starts_with("--")) return std::nullopt;  // "--boundary--" closes the body
  const std::size_t headers_end = rest_.substr(0, kLongestHeader).find("\r\n\r\n");
  if (headers_end == kNone) {
    truncated_ = true;
    return std::nullopt;
  }
  const std::string_view header = disposition(rest_.substr(0, headers_end));
  // An empty part ends in the blank line's own line break, so the search starts on it.
  std::string_view content = rest_.substr(headers_end + 2);
  const std::size_t end = content.find(delimiter_);
  truncated_ = end == kNone;
  rest_ = truncated_ ? std::string_view{} : content.substr(end + delimiter_.size());
  content = content.substr(0, end);
  content.remove_prefix(std::min<std::size_t>(content.size(), 2));
  return Part{words_utf8(parameter(header, "name")), words_utf8(parameter(header, "filename")),
              content};
}

void read_multipart(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  MultipartReader reader(as_text(content));
  DocumentWriter fields(where, extraction);
  while (const auto part = extraction.stopped() ? std::nullopt : reader.next()) {
    extraction.enter_member();
    const bool field = part->filename.empty() && part->content.size() < 4096;
    if (field) {
      fields.group(part->name);
      fields.paragraph(part->name + ": " + words_utf8(part->content));
    } else {
      read_any(as_bytes(part->content),
               where + "!" + (part->filename.empty() ? part->name : part->filename), extraction);
    }
  }
  fields.flush();
  if (reader.truncated()) extraction.lose("corrupt");
}

}  // namespace huxin::extract
