#include "policy/rule/conditions.hpp"

#include <algorithm>
#include <array>

#include "policy/rule/glob.hpp"

namespace huxin::rule {
namespace {

using Texts = std::vector<std::string>;
using Matcher = bool (*)(std::string_view pattern, std::string_view text, Channel channel);

bool match_plain(std::string_view pattern, std::string_view text, Channel) {
  return glob_match(pattern, text);
}
bool match_process(std::string_view pattern, std::string_view text, Channel) {
  return process_match(pattern, text);
}
bool match_destination(std::string_view pattern, std::string_view text, Channel channel) {
  if (channel == Channel::kNetwork) return host_match(pattern, text);
  return glob_match(pattern, text, Case::kFoldAscii);  // an application or a device
}

template <class T>
bool holds(const std::vector<T>& list, const T& value) {
  return std::ranges::find(list, value) != list.end();
}

template <auto Field>
constexpr std::string_view kName = "";
template <>
constexpr std::string_view kName<&Event::user> = "user";
template <>
constexpr std::string_view kName<&Event::process> = "process";
template <>
constexpr std::string_view kName<&Event::path> = "path";
template <>
constexpr std::string_view kName<&Event::destination> = "destination";
template <>
constexpr std::string_view kName<&Event::operation> = "operation";

const std::string* first_fit(const Texts& patterns, std::string_view text, Channel channel,
                             Matcher matcher) {
  const auto fits = [&](const std::string& pattern) { return matcher(pattern, text, channel); };
  const auto fit = std::ranges::find_if(patterns, fits);
  return fit == patterns.end() ? nullptr : &*fit;
}

/// The condition that one of the patterns in `List` fits the text `Field` of the event.
template <Texts Match::* List, std::string Event::* Field, Matcher kMatcher = match_plain>
constexpr Condition one_fits() {
  return {.asked = [](const Match& match) { return !(match.*List).empty(); },
          .met =
              [](const Match& match, const View& view) {
                return first_fit(match.*List, view.event.*Field, view.event.channel, kMatcher) !=
                       nullptr;
              },
          .explain =
              [](const Match& match, const View& view) {
                const auto* const fit =
                    first_fit(match.*List, view.event.*Field, view.event.channel, kMatcher);
                const std::string text =
                    fmt::format("{} {}", kName<Field>, shown(view.event.*Field));
                return fit != nullptr
                           ? fmt::format("{} matched {}", text, shown(*fit))
                           : fmt::format("{} matched none of {}", text, (match.*List).size());
              }};
}

/// The condition that none of the patterns in `List` fits the text `Field` of the event.
template <Texts Match::* List, std::string Event::* Field, Matcher kMatcher = match_plain>
constexpr Condition none_fits() {
  return {.asked = [](const Match& match) { return !(match.*List).empty(); },
          .met =
              [](const Match& match, const View& view) {
                return first_fit(match.*List, view.event.*Field, view.event.channel, kMatcher) ==
                       nullptr;
              },
          .explain =
              [](const Match& match, const View& view) {
                const auto* const fit =
                    first_fit(match.*List, view.event.*Field, view.event.channel, kMatcher);
                const std::string text =
                    fmt::format("{} {}", kName<Field>, shown(view.event.*Field));
                return fit != nullptr ? fmt::format("{} is excepted by {}", text, shown(*fit))
                                      : text + " is not excepted";
              }};
}

/// The conditions that one, or none, of the patterns in `List` fits a text of the teller bound to
/// the event's user. Nobody bound: none fits.
template <Texts Match::* List, std::string Teller::* Field, bool kFits>
constexpr Condition teller_fits() {
  return {.asked = [](const Match& match) { return !(match.*List).empty(); },
          .met =
              [](const Match& match, const View& view) {
                const Teller& teller = view.event.teller;
                const bool fits = teller.bound() && first_fit(match.*List, teller.*Field,
                                                              view.event.channel, match_plain);
                return fits == kFits;
              },
          .explain =
              [](const Match& match, const View& view) {
                const Teller& teller = view.event.teller;
                if (!teller.bound()) return std::string("no teller is signed on");
                const auto* const fit =
                    first_fit(match.*List, teller.*Field, view.event.channel, match_plain);
                return fmt::format("{} {}", shown(teller.*Field),
                                   fit != nullptr ? "matched " + shown(*fit) : "matched none");
              }};
}

bool window_met(const Match& match, const View& view) {
  if (!match.time_of_day) return true;
  const auto [from, to] = *match.time_of_day;
  const auto now = view.time_of_day;
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/// The day a window that is open now began on.
std::chrono::weekday window_day(const Match& match, const View& view) {
  const bool after_midnight = match.time_of_day &&
                              match.time_of_day->first > match.time_of_day->second &&
                              view.time_of_day < match.time_of_day->second;
  return std::chrono::weekday(after_midnight ? view.day - std::chrono::days(1) : view.day);
}

std::string clock_text(std::chrono::minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string explain_window(const Match& match, const View& view) {
  return fmt::format("time {} is {} {}-{}", clock_text(view.time_of_day),
                     window_met(match, view) ? "in" : "outside",
                     clock_text(match.time_of_day->first), clock_text(match.time_of_day->second));
}

bool weekday_met(const Match& match, const View& view) {
  return std::ranges::find(match.weekdays, window_day(match, view)) != match.weekdays.end();
}

std::string explain_weekday(const Match& match, const View& view) {
  static constexpr std::array<std::string_view, 7> kNames{"sun", "mon", "tue", "wed",
                                                          "thu", "fri", "sat"};
  return fmt::format("day {} is {}among those named",
                     kNames[window_day(match, view).c_encoding() % 7],
                     weekday_met(match, view) ? "" : "not ");
}

bool content_met(const Match& match, const View& view) {
  if (view.content == nullptr || !view.content->known()) return false;
  const Content::Count count = view.content->count(match);
  return count.findings >= findings_needed(match) && count.customers >= match.customers;
}

std::string explain_content(const Match& match, const View& view) {
  if (view.content == nullptr || !view.content->known()) return "content was not inspected";
  const Content::Count count = view.content->count(match);
  std::string text;
  const auto compare = [&](std::string_view what, std::uint64_t has, std::uint64_t needed) {
    if (needed == 0) return;
    text += fmt::format("{}{}{} {} {} {}", text.empty() ? "" : ", ", match.exact ? "known " : "",
                        what, has, has >= needed ? "≥" : "<", needed);
  };
  compare("customers", count.customers, match.customers);
  compare("findings", count.findings, findings_needed(match));
  return text;
}

std::string explain_surplus(const Match&, const View& view) {
  if (view.surplus.empty()) return "nothing beyond the profile";
  std::string text;
  for (const catalog::ElementId element : view.surplus)
    text += (text.empty() ? "" : ", ") + catalog::to_string(element);
  return fmt::format("beyond profile {}: {}", view.profile->id, text);
}

std::string explain_place(const Match&, const View& view) {
  return view.profile != nullptr ? "profile " + view.profile->id : "no profile governs the place";
}

std::string explain_authorisation(const Match&, const View& view) {
  if (view.authorisation == Authorisation::kNone) return "no credit report";
  return fmt::format("authorisation {}", to_string(view.authorisation));
}

bool coverage_met(const Match& match, const View& view) {
  return !view.coverage_reason.empty() && first_fit(match.coverage, view.coverage_reason,
                                                    view.event.channel, match_plain) != nullptr;
}

std::string explain_coverage(const Match& match, const View& view) {
  if (view.coverage_reason.empty()) return "inspected whole";
  return fmt::format("coverage {} is {}among those named", shown(view.coverage_reason),
                     coverage_met(match, view) ? "" : "not ");
}

constexpr Condition kStage{
    .asked = [](const Match& match) { return !match.stages.empty(); },
    .met =
        [](const Match& match, const View& view) {
          return holds(match.stages, view.stage) || holds(match.stages, view.event.stage);
        },
    .explain = [](const Match&,
                  const View& view) { return fmt::format("stage {}", to_string(view.stage)); }};

/// Surplus is asked for where a profile governs, and nowhere else.
constexpr Condition kPlace{
    .asked = [](const Match& match) { return match.surplus || !match.profiles.empty(); },
    .met =
        [](const Match& match, const View& view) {
          return view.profile != nullptr &&
                 (match.profiles.empty() || holds(match.profiles, view.profile->id));
        },
    .explain = explain_place};

constexpr Condition kOverdue{
    .asked = [](const Match& match) { return match.overdue; },
    .met = [](const Match&, const View& view) { return view.event.operation == "overdue"; },
    .explain = [](const Match&,
                  const View& view) { return "operation " + shown(view.event.operation); }};

constexpr Condition kChannel{
    .asked = [](const Match& match) { return !match.channels.empty(); },
    .met = [](const Match& match,
              const View& view) { return holds(match.channels, view.event.channel); },
    .explain =
        [](const Match&, const View& view) {
          return fmt::format("channel {}", to_string(view.event.channel));
        }};

constexpr Condition kWindow{
    .asked = [](const Match& match) { return match.time_of_day.has_value(); },
    .met = window_met,
    .explain = explain_window};

constexpr Condition kWeekday{.asked = [](const Match& match) { return !match.weekdays.empty(); },
                             .met = weekday_met,
                             .explain = explain_weekday};

constexpr Condition kContent{.asked = [](const Match& match) { return match.asks_content(); },
                             .met = content_met,
                             .explain = explain_content};

constexpr Condition kCoverage{.asked = [](const Match& match) { return !match.coverage.empty(); },
                              .met = coverage_met,
                              .explain = explain_coverage};

constexpr std::array<Condition, 19> kEventConditions{
    kStage,
    kChannel,
    kPlace,
    kOverdue,
    one_fits<&Match::users, &Event::user>(),
    one_fits<&Match::processes, &Event::process, match_process>(),
    one_fits<&Match::paths, &Event::path>(),
    one_fits<&Match::destinations, &Event::destination, match_destination>(),
    one_fits<&Match::operations, &Event::operation>(),
    none_fits<&Match::not_users, &Event::user>(),
    none_fits<&Match::not_processes, &Event::process, match_process>(),
    none_fits<&Match::not_paths, &Event::path>(),
    none_fits<&Match::not_destinations, &Event::destination, match_destination>(),
    teller_fits<&Match::tellers, &Teller::teller, true>(),
    teller_fits<&Match::institutions, &Teller::institution, true>(),
    teller_fits<&Match::not_tellers, &Teller::teller, false>(),
    teller_fits<&Match::not_institutions, &Teller::institution, false>(),
    kWindow,
    kWeekday};

constexpr Condition kSurplus{
    .asked = [](const Match& match) { return match.surplus; },
    .met = [](const Match&, const View& view) { return !view.surplus.empty(); },
    .explain = explain_surplus};

constexpr Condition kAuthorisation{
    .asked = [](const Match& match) { return !match.authorisations.empty(); },
    .met = [](const Match& match,
              const View& view) { return holds(match.authorisations, view.authorisation); },
    .explain = explain_authorisation};

/// The first document of those that a match asks for; null: none was seen.
const known::DocumentMatch* document_of(const Match& match, const View& view) {
  const auto asked = [&](const known::DocumentMatch& each) {
    return match.documents.empty() ||
           first_fit(match.documents, each.name, view.event.channel, match_plain) != nullptr;
  };
  const auto found = std::ranges::find_if(view.documents, asked);
  return found == view.documents.end() ? nullptr : &*found;
}

std::string explain_fingerprint(const Match& match, const View& view) {
  const known::DocumentMatch* const seen = document_of(match, view);
  if (seen == nullptr) return "no document of the bank's was seen";
  return fmt::format("{:.0f} % of document {} {} {:.0f} %", seen->share * 100, shown(seen->name),
                     seen->share >= match.fingerprint ? "≥" : "<", match.fingerprint * 100);
}

constexpr Condition kFingerprint{.asked = [](const Match& match) { return match.fingerprint > 0; },
                                 .met =
                                     [](const Match& match, const View& view) {
                                       const known::DocumentMatch* const seen =
                                           document_of(match, view);
                                       return seen != nullptr && seen->share >= match.fingerprint;
                                     },
                                 .explain = explain_fingerprint};

constexpr std::array<Condition, 5> kInspectionConditions{kContent, kCoverage, kSurplus,
                                                         kAuthorisation, kFingerprint};

}  // namespace

View::View(const Policy& policy, const Event& the_event, std::chrono::minutes local_offset)
    : event(the_event),
      profile(profile_of(policy, the_event)),
      stage(stage_of(the_event, profile)) {
  const Time local = the_event.time + local_offset;
  day = std::chrono::floor<std::chrono::days>(local);
  time_of_day = std::chrono::floor<std::chrono::minutes>(local - day);
}

std::span<const Condition> event_conditions() { return kEventConditions; }
std::span<const Condition> inspection_conditions() { return kInspectionConditions; }

bool is_about_place(const Condition& condition) {
  return &condition >= kEventConditions.data() && &condition < kEventConditions.data() + 4;
}

std::uint32_t findings_needed(const Match& match) {
  if (match.findings > 0) return match.findings;
  return match.elements.empty() && !match.level && !match.exact ? 0 : 1;
}

std::string shown(std::string_view text) {
  static constexpr std::size_t kShown = 120;
  std::size_t end = std::min(text.size(), kShown);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  std::string out;
  for (const char c : text.substr(0, end))
    out += static_cast<unsigned char>(c) < 0x20U || c == 0x7F || c == ';' ? '?' : c;
  if (end < text.size()) out += "…";
  return out.empty() ? "(none)" : out;
}

}  // namespace huxin::rule
