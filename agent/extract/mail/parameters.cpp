#include "agent/extract/mail/parameters.hpp"

#include <algorithm>
#include <charconv>

#include "agent/extract/form/form.hpp"
#include "agent/extract/mail/charset.hpp"
#include "agent/extract/mail/header.hpp"
#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

namespace {

constexpr std::size_t kMostParameters = 256;
constexpr unsigned kMostSections = 9999;
constexpr std::size_t kLongestField = std::size_t{64} << 10U;
constexpr auto kNone = std::string_view::npos;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == kNone) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

/// A backslash makes a quote or another one part of the text (RFC 5322, 3.2.4). Before anything
/// else it is a character: of a path, or the second byte of one in GBK.
bool escapes(std::string_view text) {
  return text.size() > 1 && text[0] == '\\' && (text[1] == '"' || text[1] == '\\');
}

/// Where a parameter ends: at a semicolon outside quotes.
std::size_t parameter_length(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted && escapes(text.substr(i))) ++i;
    if (!quoted && text[i] == ';') return i;
  }
  return text.size();
}

std::string unquoted(std::string_view value) {
  std::string out;
  for (std::size_t i = 1; i < value.size() && value[i] != '"'; ++i) {
    if (escapes(value.substr(i))) ++i;
    out.push_back(value[i]);
  }
  return out;
}

/// A plus is a plus here, unlike in a form.
std::string percent_bytes(std::string_view text) {
  std::string escaped;
  for (const char c : text) c == '+' ? escaped += "%2B" : escaped += c;
  return percent_decoded(escaped);
}

}  // namespace

ParameterField::ParameterField(std::string_view body) {
  std::string_view rest = body.substr(0, kLongestField);
  const std::string_view value = trimmed(rest.substr(0, parameter_length(rest)));
  value_ = value.substr(0, value.find_first_of(" \t\r\n("));
  std::ranges::transform(value_, value_.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  });
  while (!rest.empty() && pieces_.size() < kMostParameters) {
    rest.remove_prefix(std::min(rest.size(), parameter_length(rest) + 1));
    take(trimmed(rest.substr(0, parameter_length(rest))));
  }
}

void ParameterField::take(std::string_view parameter) {
  const std::size_t equals = parameter.find('=');
  if (equals == kNone || equals == 0) return;
  const std::string_view value = trimmed(parameter.substr(equals + 1));
  const bool quoted = value.starts_with('"');
  pieces_.push_back(piece_of(trimmed(parameter.substr(0, equals)),
                             quoted ? unquoted(value) : std::string(value), quoted));
}

ParameterField::Piece ParameterField::piece_of(std::string_view name, std::string value,
                                               bool quoted) {
  const bool extended = name.ends_with('*');
  if (extended) name.remove_suffix(1);
  unsigned section = 0;
  if (const std::size_t star = name.find('*'); star != kNone) {
    std::from_chars(name.data() + star + 1, name.data() + name.size(), section);
    section = std::min(section, kMostSections) + 1;
    name = name.substr(0, star);
  }
  return {std::string(name), std::move(value), section, extended, quoted};
}

std::vector<const ParameterField::Piece*> ParameterField::pieces_of(std::string_view name) const {
  std::vector<const Piece*> found;
  for (const Piece& piece : pieces_) {
    if (same_name(piece.name, name)) found.push_back(&piece);
  }
  std::ranges::sort(found, {}, [](const Piece* piece) { return std::pair(piece->section, piece); });
  // name*= and name*0= are for those who understand them, name= for the others: they say the same.
  const auto plain = [](const Piece* piece) { return piece->section == 0 && !piece->extended; };
  if (!std::ranges::all_of(found, plain)) std::erase_if(found, plain);
  return found;
}

std::string ParameterField::token(std::string_view name) const {
  const auto found = pieces_of(name);
  if (found.empty()) return {};
  const std::string& value = found.front()->value;
  return found.front()->quoted ? value : value.substr(0, value.find_first_of(" \t\r\n("));
}

std::string ParameterField::text(std::string_view name) const {
  std::string bytes, charset;
  bool extended = false;
  for (const Piece* const piece : pieces_of(name)) {
    std::string_view value = piece->value;
    const std::size_t language = piece->extended && !extended ? value.find('\'') : kNone;
    const std::size_t begin = language == kNone ? kNone : value.find('\'', language + 1);
    if (begin != kNone) {
      charset = value.substr(0, language);
      value.remove_prefix(begin + 1);
    }
    extended = extended || piece->extended;
    bytes += piece->extended ? percent_bytes(value) : std::string(value);
  }
  return extended ? words_utf8(bytes, charset) : decode_field(bytes);
}

}  // namespace huxin::extract
