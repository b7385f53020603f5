#include "policy/rule/glob.hpp"

#include <string>

namespace huxin::rule {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

char fold_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(char a, char b, Case fold) {
  return a == b || (fold == Case::kFoldAscii && fold_ascii(a) == fold_ascii(b));
}

std::size_t after_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

/// A destination taken apart; views into the text given.
struct Destination {
  std::string_view host;
  std::string_view port;  ///< with its ':'; may be empty
  std::string_view path;  ///< with its '/'; may be empty
};

Destination take_apart(std::string_view text) {
  if (const auto scheme = text.find("://"); scheme != kNone && scheme <= 8)
    text.remove_prefix(scheme + 3);
  Destination parts;
  const auto slash = text.find('/');
  std::string_view authority = text.substr(0, slash);
  if (slash != kNone) parts.path = text.substr(slash);
  if (const auto at = authority.rfind('@'); at != kNone) authority.remove_prefix(at + 1);
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  if (colon != kNone && (bracket == kNone || colon > bracket)) {
    parts.port = authority.substr(colon);
    authority = authority.substr(0, colon);
  }
  if (authority.size() > 1 && authority.ends_with('.')) authority.remove_suffix(1);
  parts.host = authority;
  return parts;
}

}  // namespace

bool glob_match(std::string_view pattern, std::string_view text, Case fold) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = kNone;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      t = after_character(text, t);
    } else if (p < pattern.size() && same(pattern[p], text[t], fold)) {
      ++p;
      ++t;
    } else if (star != kNone) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool host_match(std::string_view pattern, std::string_view destination) {
  const Destination parts = take_apart(destination);
  const auto slash = pattern.find('/');
  const std::string_view wanted = pattern.substr(0, slash);
  std::string authority(parts.host);
  if (wanted.find(':') != kNone) authority += parts.port;
  if (!glob_match(wanted, authority, Case::kFoldAscii)) return false;
  return slash == kNone || glob_match(pattern.substr(slash), parts.path, Case::kFoldAscii);
}

bool process_match(std::string_view pattern, std::string_view process) {
  if (pattern.find('/') == kNone) process = process.substr(process.rfind('/') + 1);
  return glob_match(pattern, process);
}

}  // namespace huxin::rule
