#include "agent/enforce/recent_list.hpp"

#include <array>
#include <utility>

#include "agent/enforce/file_uri.hpp"

namespace huxin::enforce {
namespace {

constexpr std::string_view kOpen = "<bookmark ";
constexpr std::string_view kClose = "</bookmark>";

std::string unescape(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kEntities{
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
  std::string plain;
  while (!text.empty()) {
    const std::pair<std::string_view, char>* found = nullptr;
    for (const auto& entity : kEntities) {
      if (text.starts_with(entity.first)) found = &entity;
    }
    plain += found != nullptr ? found->second : text.front();
    text.remove_prefix(found != nullptr ? found->first.size() : 1);
  }
  return plain;
}

/// The href of a tag, "<bookmark … >", decoded to a path; empty when it has none.
std::string path_of(std::string_view tag) {
  for (const std::string_view start : {" href=\"", " href='"}) {
    const auto at = tag.find(start);
    if (at == std::string_view::npos) continue;
    const std::string_view value = tag.substr(at + start.size());
    const auto end = value.find(start.back());
    if (end == std::string_view::npos) return {};
    return from_file_uri(unescape(value.substr(0, end))).value_or("");
  }
  return {};
}

/// One bookmark at the start of the text, with the line it stands on; 0 when it is cut short.
std::size_t length_of(std::string_view text, std::string_view tag) {
  if (tag.ends_with("/>")) return tag.size();
  const auto end = text.find(kClose);
  return end == std::string_view::npos ? 0 : end + kClose.size();
}

}  // namespace

RecentList without(std::string_view xbel, std::string_view path) {
  RecentList left;
  while (true) {
    const auto start = xbel.find(kOpen);
    left.text += xbel.substr(0, start);
    if (start == std::string_view::npos) return left;
    xbel.remove_prefix(start);
    const auto end = xbel.find('>');
    const std::string_view tag = xbel.substr(0, end == std::string_view::npos ? end : end + 1);
    const std::size_t length = path_of(tag) == path ? length_of(xbel, tag) : 0;
    if (length == 0) {
      left.text += xbel.substr(0, kOpen.size());
      xbel.remove_prefix(kOpen.size());
      continue;
    }
    ++left.removed;
    xbel.remove_prefix(length);
    // The line it stood on goes with it.
    const auto line = left.text.find_last_not_of(" \t");
    if (xbel.starts_with('\n') && line != std::string::npos && left.text[line] == '\n') {
      left.text.resize(line + 1);
      xbel.remove_prefix(1);
    }
  }
}

std::string trashed_path(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("Path=")) return percent_decode(line.substr(5)).value_or("");
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return {};
}

}  // namespace huxin::enforce
