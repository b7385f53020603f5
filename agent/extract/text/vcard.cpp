#include "agent/extract/text/vcard.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "agent/extract/mail/charset.hpp"
#include "agent/extract/mail/header.hpp"
#include "agent/extract/mail/transfer_encoding.hpp"
#include "agent/extract/markup/markup.hpp"
#include "policy/text/decode.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::extract {

namespace {

constexpr std::string_view kBegin = "BEGIN:VCARD";
constexpr std::string_view kEnd = "END:VCARD";
constexpr std::size_t kMostEncoded = std::size_t{64} << 10U;  // bytes of a property
constexpr std::size_t kLeastFolded = 60;  // of a line that is folded: at 75 by the standard

/// The name and the parameters of a property, without those that tell its encoding.
struct Head {
  std::string text;
  std::string_view charset;
  bool quoted_printable = false;
  bool base64 = false;  ///< a picture, a sound or a key
};

bool has_prefix(std::string_view text, std::string_view prefix) {
  return same_name(text.substr(0, prefix.size()), prefix);
}

Head head_of(std::string_view property) {
  Head head;
  for (std::string_view rest = property; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';', 1), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end);
    if (has_prefix(part, ";CHARSET=")) {
      head.charset = part.substr(part.find('=') + 1);
    } else if (same_name(part, ";ENCODING=QUOTED-PRINTABLE") ||
               same_name(part, ";QUOTED-PRINTABLE")) {
      head.quoted_printable = true;
    } else {
      head.text += part;
    }
    for (const std::string_view base64 : {";ENCODING=B", ";ENCODING=BASE64", ";BASE64"})
      head.base64 = head.base64 || same_name(part, base64);
  }
  return head;
}

/// Takes a property's further lines off the front of `rest`; how many they are. `line` is the
/// first, and then the last.
std::size_t take_further(std::string_view& line, bool quoted_printable, std::string_view& rest) {
  std::size_t lines = 0;
  for (std::string_view ahead = rest; !ahead.empty(); ++lines) {
    const bool folded = line.size() >= kLeastFolded;
    const std::string_view next = take_line(ahead);
    const bool soft = quoted_printable && line.ends_with('=') && !has_prefix(next, kEnd);
    if (!soft && !(folded && (next.starts_with(' ') || next.starts_with('\t')))) break;
    line = next;
    rest = ahead;
  }
  return lines;
}

/// nullopt: it is not what it says.
std::optional<std::string> quoted_printable(std::string_view value, std::string_view charset) {
  std::string bytes;
  append_quoted_printable(value, false, bytes);
  std::string text = text::decode(as_bytes(bytes), encoding_of_text(as_bytes(bytes), charset)).text;
  if (hides_in_ascii(charset) || text.contains(text::kReplacement)) return std::nullopt;
  std::ranges::replace_if(text, [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return text;
}

std::string unfolded(std::string_view value) {
  std::string text;
  for (std::string_view line = take_line(value);; line = take_line(value).substr(1)) {
    text += line;
    if (value.empty()) return text;
  }
}

/// What a property becomes; nullopt: it stays. `further`: lines that it goes on over.
std::optional<std::string> decoded(const Head& head, std::string_view value, std::size_t further) {
  if (!head.quoted_printable && further == 0) return std::nullopt;
  const auto text = head.quoted_printable ? quoted_printable(value, head.charset) : unfolded(value);
  if (!text) return std::nullopt;
  std::string property = head.text + ":" + *text;
  for (; further > 0; --further) property += "\n=";
  return property;
}

class CardDecoder {
 public:
  explicit CardDecoder(std::string_view text) : text_(text), rest_(text) {}

  /// Makes the text anew; false: there is nothing to decode.
  bool decode() {
    bool inside = false;
    while (!rest_.empty()) {
      const char* const begin = rest_.data();
      const std::string_view line = take_line(rest_);
      if (same_name(line, kBegin)) inside = true;
      if (same_name(line, kEnd)) inside = false;
      if (inside) read_property(line, static_cast<std::size_t>(begin - text_.data()));
    }
    if (copied_ == 0) return false;
    copy(text_.size());
    return true;
  }

  std::string text;
  text::OffsetMap map;

 private:
  void read_property(std::string_view line, std::size_t begin) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const Head head = head_of(line.substr(0, colon));
    const std::size_t further = take_further(line, head.quoted_printable, rest_);
    const auto end = static_cast<std::size_t>(line.data() - text_.data()) + line.size();
    if (head.base64 || end - begin > kMostEncoded) return;
    const std::string_view property = text_.substr(begin, end - begin);
    const auto made = decoded(head, property.substr(colon + 1), further);
    if (made) {
      replace(begin, end, *made);
    } else if (!head.quoted_printable && !head.charset.empty()) {
      replace(begin, begin + colon, head.text);
    }
  }

  void replace(std::size_t begin, std::size_t end, std::string_view by) {
    copy(begin);
    text += by;
    map.replaced(by.size(), end - begin);
    copied_ = end;
  }

  void copy(std::size_t end) {
    text += text_.substr(copied_, end - copied_);
    map.copied(end - copied_);
    copied_ = end;
  }

  std::string_view text_;
  std::string_view rest_;
  std::size_t copied_ = 0;
};

}  // namespace

bool begins_card(std::string_view head) {
  constexpr std::string_view kBlank = " \t\r\n\xEF\xBB\xBF";
  std::string_view rest = head.substr(std::min(head.find_first_not_of(kBlank), head.size()));
  return same_name(take_line(rest), kBegin);
}

void decode_cards(text::Document& document) {
  const std::size_t size = document.text.size();
  const Span all = document.origin.original({0, size});
  if (all.size() != size) return;
  CardDecoder decoder(document.text);
  if (!decoder.decode()) return;
  document.text = std::move(decoder.text);
  document.origin = std::move(decoder.map);
  document.origin.start_at(all.begin);
}

}  // namespace huxin::extract
