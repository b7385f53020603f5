#include "collector/review/clocks.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <tuple>

#include "policy/rule/data_file.hpp"
#include "policy/rule/event.hpp"
#include "policy/rule/keys.hpp"

namespace huxin::embedded {
extern const std::string_view review_clocks;
}  // namespace huxin::embedded

namespace huxin::review {
namespace {

constexpr std::array<std::string_view, 4> kFileKeys{"notice_zh", "notice_en", "grades", "clocks"};
constexpr std::array<std::string_view, 6> kGradeKeys{"id",          "zh",     "en",
                                                     "due_minutes", "source", "checked"};
constexpr std::array<std::string_view, 12> kClockKeys{
    "id",      "to_zh", "to_en",         "when_zh", "when_en", "severities",
    "domains", "left",  "first_minutes", "draft",   "source",  "checked"};
constexpr std::int64_t kMostMinutes = 525'600;  // a year

std::chrono::minutes minutes_of(const rule::Section& section, std::string_view key) {
  std::int64_t minutes = 0;
  section.read_number<std::int64_t>(key, minutes, 0, kMostMinutes);
  return std::chrono::minutes(minutes);
}

std::uint32_t severity_of(std::string_view word) {
  return static_cast<std::uint32_t>(word.at(1) - '0');
}

Grade read_grade(const rule::Section& section) {
  Grade grade;
  const auto id = section.one_of("id", rule::keys::kSeverities);
  if (id) grade.severity = severity_of(id->text);
  grade.zh = text_of(section, "zh");
  grade.en = text_of(section, "en");
  grade.due = minutes_of(section, "due_minutes");
  grade.source = text_of(section, "source");
  grade.checked = text_of(section, "checked");
  return grade;
}

ReportClock read_clock(const rule::Section& section) {
  ReportClock clock;
  clock.id = text_of(section, "id");
  clock.to_zh = text_of(section, "to_zh");
  clock.to_en = text_of(section, "to_en");
  clock.when_zh = text_of(section, "when_zh");
  clock.when_en = text_of(section, "when_en");
  for (const rule::Word& word : section.all_of("severities", rule::keys::kSeverities))
    clock.severities.push_back(severity_of(word.text));
  for (const rule::Word& word : section.all_of("domains", rule::keys::kDomains))
    clock.domains.push_back(word.text);
  if (std::ranges::count(clock.domains, "all") != 0) clock.domains.clear();
  section.read("left", clock.left);
  clock.first = minutes_of(section, "first_minutes");
  section.read("draft", clock.draft);
  clock.source = text_of(section, "source");
  clock.checked = text_of(section, "checked");
  return clock;
}

bool concerns(const ReportClock& clock, const record::Incident& incident) {
  if (clock.left && !has_left(incident)) return false;
  return clock.domains.empty() ||
         std::ranges::any_of(incident.domains(), [&](const std::string& domain) {
           return std::ranges::count(clock.domains, domain) != 0;
         });
}

}  // namespace

bool has_left(const record::Incident& incident) {
  using rule::Action, rule::Channel;
  const auto channel = static_cast<Channel>(incident.channel());
  const bool outward =
      channel == Channel::kNetwork || channel == Channel::kRemovable || channel == Channel::kPrint;
  return outward && incident.action() <= static_cast<std::uint32_t>(Action::kAudit);
}

Result<Clocks> Clocks::parse(std::string_view yaml, std::string_view origin) {
  Clocks clocks;
  std::set<std::string> ids;
  const auto once = [&](const rule::Section& entry, const std::string& id) {
    if (ids.insert(id).second) return true;
    entry.error(rule::Code::kDuplicateKey, entry.place(), "id",
                rule::in_quotes(id) + " stands here twice");
    return false;
  };
  const Status read = rule::read_data_file(
      {.yaml = yaml, .origin = origin}, kFileKeys, [&](const rule::Section& file) {
        clocks.notice_zh_ = text_of(file, "notice_zh");
        clocks.notice_en_ = text_of(file, "notice_en");
        each_entry(file, "grades", "grade", kGradeKeys, [&](const rule::Section& entry) {
          entry.require(kGradeKeys);
          if (once(entry, text_of(entry, "id"))) clocks.grades_.push_back(read_grade(entry));
        });
        each_entry(file, "clocks", "clock", kClockKeys, [&](const rule::Section& entry) {
          entry.require(kClockKeys);
          if (once(entry, text_of(entry, "id"))) clocks.clocks_.push_back(read_clock(entry));
        });
      });
  if (!read) return std::unexpected(read.error());
  std::ranges::sort(clocks.clocks_, [](const ReportClock& a, const ReportClock& b) {
    return std::tie(a.first, a.id) < std::tie(b.first, b.id);
  });
  return clocks;
}

const Clocks& Clocks::builtin() {
  static const Clocks clocks = [] {
    auto parsed = parse(embedded::review_clocks, "clocks.yaml");
    if (!parsed) std::abort();  // compiled in and covered by a test
    return std::move(*parsed);
  }();
  return clocks;
}

const Grade* Clocks::grade(std::uint32_t severity) const {
  const auto found = std::ranges::find(grades_, severity, &Grade::severity);
  return found == grades_.end() ? nullptr : &*found;
}

Time Clocks::due(std::uint32_t severity, Time opened) const {
  if (const Grade* const known = grade(severity)) return opened + known->due;
  std::chrono::minutes longest{};
  for (const Grade& each : grades_) longest = std::max(longest, each.due);
  return opened + longest;
}

std::vector<const ReportClock*> Clocks::running(
    std::uint32_t severity, const std::vector<record::Incident>& incidents) const {
  std::vector<const ReportClock*> found;
  for (const ReportClock& clock : clocks_) {
    if (std::ranges::count(clock.severities, severity) == 0) continue;
    if (std::ranges::any_of(incidents, [&](const auto& each) { return concerns(clock, each); }))
      found.push_back(&clock);
  }
  return found;
}

const ReportClock* Clocks::find(std::string_view id) const {
  const auto found = std::ranges::find(clocks_, id, &ReportClock::id);
  return found == clocks_.end() ? nullptr : &*found;
}

}  // namespace huxin::review
