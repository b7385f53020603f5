#include "agent/extract/formats.hpp"
#include "agent/extract/mail/header.hpp"
#include "agent/extract/mail/mail.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kStep = std::size_t{64} << 10U;

/// An envelope line with a field behind it. A body may begin a line with "From " too.
bool begins_message(std::string_view text) { return looks_like_mailbox(text.substr(0, kStep)); }

/// Where the next message begins, behind a line end at `from` or later; the mailbox's end.
std::size_t next_message(std::string_view box, std::size_t from, Extraction& extraction) {
  for (std::size_t step = from; step < box.size() && !extraction.stopped(); step += kStep) {
    const std::string_view look = box.substr(0, step + kStep + 5);
    for (std::size_t line = look.find("\nFrom ", step); line != std::string_view::npos;
         line = look.find("\nFrom ", line + 1)) {
      if (begins_message(box.substr(line + 1))) return line + 1;
    }
    extraction.check_time();
  }
  return box.size();
}

}  // namespace

void read_mailbox(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  const std::string_view box = as_text(content);
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < box.size() && !extraction.stopped();) {
    const std::size_t end = next_message(box, begin, extraction);
    extraction.enter_member();
    read_mail(content.subspan(begin, end - begin), fmt::format("{}!message{}", where, ++number),
              extraction);
    begin = end;
  }
}

}  // namespace huxin::extract
