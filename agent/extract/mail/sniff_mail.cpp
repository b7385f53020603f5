#include <algorithm>

#include "agent/extract/mail/header.hpp"
#include "agent/extract/mail/mail.hpp"
#include "agent/extract/mail/parameters.hpp"
#include "agent/extract/mail/transfer_encoding.hpp"
#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kLongestEnvelope = 512;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// "12:34" somewhere, as every date of mail has it.
bool has_time(std::string_view text) {
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos;
       colon = text.find(':', colon + 1)) {
    if (colon >= 2 && colon + 2 < text.size() && digit(text[colon - 1]) && digit(text[colon - 2]) &&
        digit(text[colon + 1]) && digit(text[colon + 2]))
      return true;
  }
  return false;
}

bool has_month(std::string_view text) {
  constexpr std::string_view kMonths[] = {"Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ",
                                          "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec "};
  return std::ranges::any_of(kMonths, [&](std::string_view month) { return text.contains(month); });
}

/// RFC 5322, 3.3: a month's name, a time and a zone. Printed headers have none of the last.
bool is_date(std::string_view body) {
  const std::size_t time = body.rfind(':');
  if (time == std::string_view::npos || !has_time(body) || !has_month(body)) return false;
  const std::string_view zone = body.substr(time);
  return zone.contains(" +") || zone.contains(" -") || zone.contains(" GMT") ||
         zone.contains(" UT");
}

/// What a header has of what makes it a mail's.
struct Marks {
  bool sender = false, date = false, version = false, content = false, server = false;
  bool encoded = false;

  void take(const Field& field) {
    const auto is = [&](std::string_view name) { return same_name(field.name, name); };
    const std::string_view body = field.body.substr(0, kLongestEnvelope);
    sender = sender || (is("from") && !body.empty());
    date = date || (is("date") && is_date(body));
    version = version || (is("mime-version") && body.contains("1.0"));
    content = content || (is("content-type") && body.contains('/'));
    encoded =
        encoded || (is("content-transfer-encoding") &&
                    transfer_encoding(ParameterField(body).value()) != TransferEncoding::kNone);
    server = server || ((is("received") || is("return-path") || is("message-id")) &&
                        (body.contains('@') || body.contains(';')));
  }
  bool enough() const {
    return (sender && date) || (content && (version || encoded)) || (server && (sender || date));
  }
};

}  // namespace

bool is_envelope(std::string_view line) {
  if (!line.starts_with("From ") || line.size() > kLongestEnvelope) return false;
  const std::size_t year = line.find_last_not_of(" \t\r");
  const bool ends_in_year = year >= 4 && std::ranges::all_of(line.substr(year - 3, 4), digit);
  return ends_in_year && has_month(line) && has_time(line);
}

bool looks_like_mail(std::string_view head) {
  FieldReader fields(head);
  Marks marks;
  while (const auto field = fields.next()) marks.take(*field);
  return fields.well_formed() && marks.enough();
}

bool looks_like_entity(std::string_view head) {
  FieldReader fields(head);
  Marks marks;
  while (const auto field = fields.next()) marks.take(*field);
  return fields.well_formed() && marks.content;
}

bool looks_like_mailbox(std::string_view head) {
  if (!is_envelope(take_line(head))) return false;
  return FieldReader(head).next().has_value();
}

}  // namespace huxin::extract
