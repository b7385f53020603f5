#include "policy/detect/recognise/document_kind.hpp"

#include <algorithm>

#include "policy/catalog/people.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/file_name.hpp"
#include "policy/detect/recognise/heading.hpp"
#include "policy/detect/validators/person_name.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kSure = 2;            // so many headings more than needed leave no doubt
constexpr double kBlank = 0.5;              // share left to a document that speaks of nobody
constexpr std::size_t kMaxRow = 2048;       // bytes of a line that is a row of headers
constexpr std::size_t kNumberOfReport = 6;  // digits behind a title: 报告编号：2026…
constexpr std::size_t kAbove = 200;         // bytes from a title to what it stands above
constexpr std::uint8_t kNotWatched = 0xFF;

constexpr KindSet kCompany{Kind::kCompanyAccount, Kind::kCreditCode, Kind::kOrganisationCode,
                           Kind::kBusinessLicence, Kind::kCompanyTaxId};

// Whom a document speaks of; e-mail addresses and landlines are also those of its author.
bool speaks_of_somebody(const Candidate& found, const KindFacts& facts) {
  return found.kind == Kind::kName || (facts.identifies && found.kind != Kind::kEmail);
}

// Whom a title is about: 关于张伟等人涉嫌…的报告. Empty where it names nobody.
std::string_view subject_of(std::string_view title) {
  constexpr std::string_view kAbout = "关于";
  const std::size_t about = title.find(kAbout);
  if (about == std::string_view::npos) return {};
  std::string_view subject = title.substr(about + kAbout.size());
  subject = subject.substr(0, subject.find("涉嫌"));
  if (subject.starts_with("客户")) subject.remove_prefix(std::string_view("客户").size());
  return subject.substr(0, subject.find("等"));
}

bool names_subject(std::string_view title) {
  const std::string_view subject = subject_of(title);
  const std::size_t suffix = catalog::organisation_suffix(subject);
  return is_person_name(subject) || (suffix > 0 && suffix < subject.size());
}

bool has_number_behind(std::string_view text, std::size_t at) {
  at = skip_marks(text, at, text.size(), Mark::kColon | Mark::kSpace);
  const std::string_view digits = text.substr(at, kNumberOfReport);
  return digits.size() == kNumberOfReport && std::ranges::all_of(digits, is_ascii_digit);
}

}  // namespace

DocumentKinds::DocumentKinds(const Engine& engine, const Layout& layout, std::string_view where)
    : engine_(engine), layout_(layout), where_(where) {
  place_.fill(kNotWatched);
  engine.kinds.for_each([&](Kind kind) {
    const catalog::Element* element = engine.catalog->find(element_of(kind));
    if (element == nullptr || element->headings.empty()) return;
    place_[static_cast<std::size_t>(kind)] = static_cast<std::uint8_t>(watched_.size());
    watched_.push_back({.kind = kind, .headings = &element->headings});
  });
}

void DocumentKinds::entitle(const KindSet& above) {
  for (Watched& watched : watched_) watched.titled = watched.titled || above.has(watched.kind);
}

KindSet DocumentKinds::titles_at_end() const {
  KindSet titles;
  for (const Watched& watched : watched_) {
    const bool near = watched.title_end > 0 && layout_.text().size() <= watched.title_end + kAbove;
    if (near && confidence(watched) <= 0) titles.add(watched.kind);
  }
  return titles;
}

void DocumentKinds::see(std::span<const KeywordHit> hits, std::size_t from, bool rows) {
  for (const KeywordHit& hit : hits) {
    if (hit.span.end <= from) continue;
    for (const HeadingOf& heading : engine_.vocabulary[hit.keyword].headings) {
      if (heading.in_row != rows) continue;
      Watched& watched = watched_[place_[static_cast<std::size_t>(heading.kind)]];
      if (heading.number < 0) {
        see_title(watched, hit.span);
      } else if (rows) {
        see_in_row(watched, heading, hit.span);
      } else {
        see_heading(watched, heading, hit.span);
      }
    }
  }
}

void DocumentKinds::see(const Candidate& found) {
  found_.add(found.kind);
  filled_ = filled_ || speaks_of_somebody(found, engine_.facts(found.kind));
}

void DocumentKinds::see_title(Watched& watched, const Span& span) {
  if (watched.titled && filled_) return;
  const Span scope = layout_.scope_of(span);
  const bool alone = watched.headings->titled && watched.headings->words.empty();
  if (!is_title(layout_.text(), span, scope) && !(alone && is_mention(layout_.text(), span, scope)))
    return;
  filled_ = filled_ || has_number_behind(layout_.text(), span.end) ||
            names_subject(layout_.text({scope.begin, span.begin}));
  watched.titled = true;
  watched.title_end = scope.end;
  if (watched.all.size() == 0) watched.all = span;
}

void DocumentKinds::see_heading(Watched& watched, const HeadingOf& heading, const Span& span) {
  const auto number = static_cast<std::size_t>(heading.number);
  if (watched.seen.test(number)) return;
  // Under a title that says what the document is, headings may stand side by side.
  const Span scope = layout_.scope_of(span);
  const bool stands = is_heading(layout_.text(), span, scope) ||
                      (watched.titled && is_field(layout_.text(), span, scope));
  if (!stands) return;
  watched.seen.set(number);
  if (watched.all.size() == 0) watched.all = span;
  watched.all = {std::min(watched.all.begin, span.begin), std::max(watched.all.end, span.end)};
}

void DocumentKinds::see_in_row(Watched& watched, const HeadingOf& heading, const Span& span) {
  if (watched.done) return;
  const Span scope = layout_.scope_of(span);
  const bool keyed = is_key_of_rows(span, scope);
  const bool stands = layout_.table() || keyed ? is_heading(layout_.text(), span, scope)
                                               : is_field(layout_.text(), span, scope);
  const auto number = static_cast<std::size_t>(heading.number);
  if (!watched.anywhere.test(number) && (stands || is_heading(layout_.text(), span, scope)))
    watched.anywhere.set(number);
  if (!stands) return;
  const std::uint64_t row = keyed ? 0 : row_of(span);
  if (watched.seen.none() || row != watched.row || span.end - watched.all.begin > kMaxRow) {
    watched.seen.reset();
    watched.row = row;
    watched.all = span;
  }
  if (watched.seen.test(number)) return;
  watched.seen.set(number);
  watched.all.end = span.end;
  watched.done =
      watched.seen.count() >= watched.headings->least && has_rows_below(layout_.text(), span.end);
}

// The key of objects in a list: each is a row, and has the key again.
bool DocumentKinds::is_key_of_rows(const Span& word, const Span& scope) const {
  if (layout_.table() || layout_.segments().empty() || word.begin != scope.begin) return false;
  const std::string key = "\n" + std::string(layout_.text(word)) + ": ";
  return layout_.text().substr(word.end, kMaxRow).contains(key);
}

// Of plain text: where the line begins, found by what lies between the last heading and this one.
std::uint64_t DocumentKinds::row_of(const Span& span) {
  if (layout_.table()) {
    const auto segment = layout_.segment_at(span.begin);
    if (!segment) return 0;
    const text::Segment& cell = layout_.segments()[*segment];
    return std::uint64_t{cell.group} << 32U | cell.row;
  }
  const std::size_t low = span.begin - std::min(span.begin, kMaxRow);
  const bool onwards = line_.end <= span.begin && line_.end >= low;
  const std::size_t from = onwards ? line_.end : low;
  const std::size_t newline = text::find_last(layout_.text({from, span.begin}), '\n');
  if (newline != std::string_view::npos) {
    line_.begin = from + newline + 1;
  } else if (!onwards) {
    line_.begin = low;
  }
  line_.end = span.begin;
  return line_.begin;
}

bool DocumentKinds::has_all_needed(const catalog::Headings& headings) const {
  return std::ranges::all_of(headings.needs, [&](catalog::ElementId needed) {
    const auto kind = kind_of(needed);
    return kind && found_.has(*kind);
  });
}

double DocumentKinds::confidence(const Watched& watched) const {
  const catalog::Headings& headings = *watched.headings;
  const bool row = headings.form == catalog::HeadingForm::kRow && headings.least > 0;
  // A title under which somebody stands says as much as a heading, and more than a row.
  const bool titled = watched.titled && filled_;
  const std::size_t least = std::max<std::size_t>(headings.least, 1) - (titled ? 1 : 0);
  const bool told = row ? watched.done || (titled && headings.titled &&
                                           watched.anywhere.count() >= headings.least)
                        : watched.seen.count() >= (headings.least > 1 ? least : headings.least);
  if (!told) return 0;
  if ((headings.titled && !watched.titled) || !has_all_needed(headings)) return 0;
  const KindFacts& facts = engine_.facts(watched.kind);
  const bool sure = watched.titled || watched.seen.count() >= headings.least + kSure;
  // Who publishes a law or a form has a number too, but gives it no such title.
  const bool filled = filled_ || (watched.titled && !(found_ & kCompany).empty());
  return (sure ? facts.context : facts.base) * (filled ? 1 : kBlank);
}

std::vector<Candidate> DocumentKinds::finish() const {
  std::vector<Candidate> kinds;
  for (const Watched& watched : watched_) {
    const double sureness = confidence(watched);
    if (sureness <= 0) continue;
    kinds.push_back({.span = watched.all,
                     .kind = watched.kind,
                     .label = watched.titled ? Label::kBeside : Label::kNone,
                     .confidence = sureness});
  }
  engine_.kinds.for_each([&](Kind kind) {
    const catalog::Element* element = engine_.catalog->find(element_of(kind));
    if (element != nullptr && tells_kind(element->files, where_))
      kinds.push_back({.kind = kind, .confidence = engine_.facts(kind).context});
  });
  return kinds;
}

}  // namespace huxin::detect
