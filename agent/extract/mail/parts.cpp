#include "agent/extract/mail/parts.hpp"

#include <algorithm>

namespace huxin::extract {

namespace {

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kLongestBoundary = 200;  // RFC 2046 says 70; some programs disagree
constexpr std::size_t kStep = std::size_t{64} << 10U;

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

PartReader::PartReader(Entity outer, std::string_view body, Extraction& extraction)
    : body_(body), extraction_(extraction) {
  enter(std::move(outer));
}

/// Goes into a multipart, whose preamble is a text; of anything else the content follows.
void PartReader::enter(Entity entity) {
  const std::string boundary = entity.multipart() ? entity.type.token("boundary") : std::string();
  if (!entity.multipart()) {
    entity_ = std::move(entity);
    return;
  }
  entity_ = {};
  if (boundary.empty() || boundary.size() > kLongestBoundary) {
    extraction_.lose("corrupt");
  } else if (boundaries_.size() >= kDeepest) {
    extraction_.lose("too_deep");
  } else {
    boundaries_.push_back(boundary);
    outside_ = "preamble";
  }
}

std::optional<MailPart> PartReader::next() {
  while (!done_ && !extraction_.stopped()) {
    const Border border = find_border();
    MailPart part = cut(border.begin);
    pass(border);
    if (part.outside.empty() || !blank(part.content)) return part;
  }
  return std::nullopt;
}

/// Goes on behind a border: with the header of a part, or with what follows a multipart.
void PartReader::pass(const Border& border) {
  at_ = border.after;
  entity_ = {};
  outside_ = border.closes ? "epilogue" : "";
  if (border.begin == body_.size()) {
    done_ = true;
    if (!boundaries_.empty()) extraction_.lose("corrupt");
    return;
  }
  boundaries_.resize(border.level + (border.closes ? 0 : 1));
  if (border.closes) return;
  FieldReader fields(body_.substr(at_));
  Entity entity;
  while (const auto field = extraction_.stopped() ? std::nullopt : fields.next()) {
    if (!entity.take(*field)) extraction_.lose("corrupt");
    extraction_.check_time();
  }
  if (!fields.well_formed()) extraction_.lose("corrupt");
  at_ = body_.size() - fields.body().size();
  enter(std::move(entity));
}

MailPart PartReader::cut(std::size_t end) {
  std::string_view content = body_.substr(at_, std::max(end, at_) - at_);
  if (end < body_.size()) {  // the line end before a border is the border's
    if (content.ends_with('\n')) content.remove_suffix(1);
    if (content.ends_with('\r')) content.remove_suffix(1);
  }
  return {std::move(entity_), content, outside_};
}

/// The next border of any multipart that is open; the body's end when there is none.
PartReader::Border PartReader::find_border() {
  const Border none{body_.size(), body_.size(), 0, false};
  if (boundaries_.empty()) return none;
  if (const auto border = border_at(at_)) return *border;
  for (std::size_t step = at_; step < body_.size() && !extraction_.stopped(); step += kStep) {
    if (const auto border = border_within(step, step + kStep)) return *border;
    extraction_.check_time();
  }
  return none;
}

/// A border behind a line end in [begin, end).
std::optional<PartReader::Border> PartReader::border_within(std::size_t begin,
                                                            std::size_t end) const {
  const std::string_view look = body_.substr(0, end + 2);
  for (std::size_t line = look.find("\n--", begin); line != std::string_view::npos;
       line = look.find("\n--", line + 1)) {
    if (const auto border = border_at(line + 1)) return border;
  }
  return std::nullopt;
}

std::optional<PartReader::Border> PartReader::border_at(std::size_t line) const {
  std::string_view rest = body_.substr(line);
  if (!rest.starts_with("--")) return std::nullopt;
  const std::string_view text = rest.substr(2, kLongestBoundary + 64);
  for (std::size_t level = boundaries_.size(); level-- > 0;) {
    if (!text.starts_with(boundaries_[level])) continue;
    std::string_view tail = text.substr(boundaries_[level].size());
    const std::size_t end = tail.find('\n');
    if (end == std::string_view::npos && text.size() < rest.size() - 2) continue;  // too long
    tail = tail.substr(0, end);
    const bool closes = tail.starts_with("--");
    if (!blank(tail.substr(closes ? 2 : 0))) continue;
    take_line(rest);
    return Border{line, body_.size() - rest.size(), level, closes};
  }
  return std::nullopt;
}

}  // namespace huxin::extract
