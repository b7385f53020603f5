#include "agent/extract/markup/markup.hpp"

#include <algorithm>

namespace huxin::extract {

namespace {

constexpr std::size_t kMaxToken = std::size_t{1} << 20U;
constexpr std::size_t kChunk = std::size_t{64} << 10U;  // small parts are many
constexpr auto kNone = std::string_view::npos;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool letter(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0 ||
         c == '_';
}
bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

/// The '>' that ends a tag, past quoted attribute values. A quote that never closes is no quote,
/// but whether it closes is known only when the text is `whole`.
std::size_t tag_end(std::string_view text, bool whole) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '>') return i;
    if ((text[i] != '"' && text[i] != '\'') || text[i - 1] != '=') continue;
    const std::size_t close = text.find(text[i], i + 1);
    if (close != kNone) i = close;
    if (close == kNone && !whole) return kNone;
  }
  return kNone;
}

}  // namespace

std::string_view Token::local() const {
  const std::size_t colon = name.rfind(':');
  return colon == kNone ? name : name.substr(colon + 1);
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool Markup::refill() {
  if (!refill_ || rest_.size() >= kMaxToken) return false;
  buffer_.erase(0, buffer_.size() - rest_.size());
  const std::size_t kept = buffer_.size();
  buffer_.resize(kept + kChunk);
  const std::size_t got = refill_(buffer_.data() + kept, kChunk);
  buffer_.resize(kept + got);
  rest_ = buffer_;
  return got > 0;
}

bool Markup::next(Token& token) {
  token = {};
  for (;;) {
    if (rest_.empty() && !refill()) return false;
    if (rest_.front() != '<') return read_text(token);
    switch (read_angle(token)) {
      case Step::kToken:
        return true;
      case Step::kNothing:
        break;
      case Step::kStarved:
        if (refill()) break;
        truncated_ = true;
        token.text = rest_;  // all of it, so that a million open ends cost no more than one
        consume(rest_.size());
        return true;
    }
  }
}

bool Markup::read_text(Token& token) {
  std::size_t end = rest_.find('<');
  while (end == kNone && refill()) end = rest_.find('<');
  token.text = rest_.substr(0, end);
  consume(token.text.size());
  return true;
}

Markup::Step Markup::read_angle(Token& token) {
  if (rest_.size() < 9 && refill()) return Step::kNothing;  // "<![CDATA[" can be told now
  const char next = rest_.size() > 1 ? rest_[1] : '\0';
  if (next == '!') return read_declaration(token);
  if (next == '?') return skip_to("?>", 2);
  if (next == '/' || letter(next)) return read_tag(token);
  token.text = rest_.substr(0, 1);
  consume(1);
  return Step::kToken;
}

Markup::Step Markup::skip_to(std::string_view end, std::size_t from) {
  const std::size_t found = rest_.find(end, from);
  if (found == kNone) return Step::kStarved;
  consume(found + end.size());
  return Step::kNothing;
}

Markup::Step Markup::read_declaration(Token& token) {
  static constexpr std::string_view kCdata = "<![CDATA[";
  if (rest_.starts_with("<!--")) return skip_to("-->", 4);
  if (rest_.starts_with(kCdata)) {
    const std::size_t end = rest_.find("]]>");
    if (end == kNone) return Step::kStarved;
    token.text = rest_.substr(kCdata.size(), end - kCdata.size());
    token.cdata = true;
    consume(end + 3);
    return Step::kToken;
  }
  const std::size_t close = rest_.find('>');
  const std::size_t subset = rest_.find('[');
  if (subset < close) return skip_to("]>", subset);  // entities declared here are never used
  return skip_to(">", 2);
}

Markup::Step Markup::read_tag(Token& token) {
  std::size_t end = tag_end(rest_, false);
  if (end == kNone && refill()) return Step::kNothing;
  if (end == kNone) end = tag_end(rest_, true);
  if (end == kNone) return Step::kStarved;
  std::string_view inside = rest_.substr(1, end - 1);
  token.kind = Token::Kind::kOpen;
  if (inside.starts_with('/')) {
    token.kind = Token::Kind::kClose;
    inside.remove_prefix(1);
  } else if (inside.ends_with('/')) {
    token.empty = true;
    inside.remove_suffix(1);
  }
  const auto name_end = std::ranges::find_if(inside, blank);
  token.name = inside.substr(0, static_cast<std::size_t>(name_end - inside.begin()));
  token.attributes = inside.substr(token.name.size());
  consume(end + 1);
  return Step::kToken;
}

void Markup::skip_raw(std::string_view name) {
  if (same_name(name, endless_)) return;
  for (std::size_t at = rest_.find("</"); at != kNone; at = rest_.find("</", at + 2)) {
    if (same_name(rest_.substr(at + 2, name.size()), name)) {
      consume(at);
      return;
    }
  }
  endless_ = name;
}

std::optional<std::string_view> attribute(std::string_view attributes, std::string_view name) {
  std::size_t at = 0;
  while (at < attributes.size()) {
    while (at < attributes.size() && blank(attributes[at])) ++at;
    const std::size_t equals = attributes.find('=', at);
    if (equals == kNone) return std::nullopt;
    std::string_view key = attributes.substr(at, equals - at);
    if (const std::size_t space = key.find_last_of(" \t\r\n"); space != kNone) {
      // `<td nowrap colspan=2>`: attributes without a value stand before this one.
      const bool before_equals = space + 1 == key.size();
      key = before_equals ? key.substr(0, key.find_first_of(" \t\r\n")) : key.substr(space + 1);
    }
    if (const std::size_t colon = key.rfind(':'); colon != kNone) key.remove_prefix(colon + 1);
    std::size_t begin = equals + 1;
    while (begin < attributes.size() && blank(attributes[begin])) ++begin;
    const bool quoted =
        begin < attributes.size() && (attributes[begin] == '"' || attributes[begin] == '\'');
    const std::size_t end = quoted ? attributes.find(attributes[begin], begin + 1)
                                   : attributes.find_first_of(" \t\r\n", begin);
    if (quoted) ++begin;
    if (same_name(key, name))
      return attributes.substr(std::min(begin, attributes.size()),
                               end == kNone ? kNone : end - begin);
    if (end == kNone) return std::nullopt;
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace huxin::extract
