#include "collector/assess/figures.hpp"

#include <algorithm>
#include <map>

namespace huxin::assess {
namespace {

constexpr std::int64_t kMinutes = 60;

bool touches(const std::vector<Domain>& domains, Domain domain) {
  return domains.empty() || std::ranges::find(domains, domain) != domains.end();
}

bool enrolled_at(const TerminalFact& terminal, Time moment) {
  return terminal.enrolled < moment && !(terminal.revoked && *terminal.revoked < moment);
}

Time last_heard(const TerminalFact& terminal) {
  Time last{};
  for (const PresenceDay& day : terminal.days) last = std::max(last, day.last);
  return last;
}

bool heard_on(const TerminalFact& terminal, std::int64_t day) {
  const auto at = std::ranges::lower_bound(terminal.days, day, {}, &PresenceDay::day);
  return at != terminal.days.end() && at->day == day && at->last != Time{};
}

/// Measures one branch; each member function gives one figure.
class Measure {
 public:
  Measure(const Facts& facts, const std::string& branch, const Model& model)
      : facts_(facts), branch_(branch), model_(model), working_(working_days(facts, model)) {
    for (const TerminalFact& terminal : facts.terminals) {
      if (terminal.branch == branch && enrolled_at(terminal, facts.until))
        own_.push_back(&terminal);
      bank_heard_ = std::max(bank_heard_, last_heard(terminal));
    }
  }

  Figure figure(const std::string& name, Domain domain) const {
    Figure figure;
    if (name == "live") figure = live();
    if (name == "hours") figure = hours();
    if (name == "coverage") figure = coverage();
    if (name == "destroyed") figure = destroyed(domain);
    if (name == "review") figure = review(domain);
    if (name == "leaks") figure = leaks(domain);
    if (name == "overdue") figure = overdue(domain);
    figure.name = name;
    return figure;
  }

 private:
  Figure live() const {
    Figure figure;
    for (const TerminalFact* terminal : own_) {
      const std::int64_t since = bank_day(terminal->enrolled);
      const auto needed = std::ranges::count_if(working_, [&](auto day) { return day >= since; });
      if (needed == 0) continue;  // enrolled after the last working day: nothing to say yet
      const auto heard = std::ranges::count_if(
          working_, [&](auto day) { return day >= since && heard_on(*terminal, day); });
      const bool now =
          facts_.until >= facts_.period.end() ||
          last_heard(*terminal) + std::chrono::minutes(model_.live_minutes) >= bank_heard_;
      const bool is_live = now && heard * 100 >= needed * model_.live_days;
      ++figure.denominator;
      figure.numerator += is_live ? 1 : 0;
      figure.count(
          {{"terminal", terminal->id, fmt::format("{}/{} 天 days", heard, needed)}, is_live});
    }
    return figure;
  }

  Figure hours() const {
    Figure figure;
    for (const TerminalFact* terminal : own_) {
      std::int64_t on = 0, watched = 0;
      for (const PresenceDay& day : terminal->days) {
        on += day.on_ms;
        watched += day.watched_ms;
      }
      figure.numerator += watched / 1000;
      figure.denominator += on / 1000;
      figure.count({{"terminal", terminal->id,
                     fmt::format("{} / {}", hours_text(watched / 1000), hours_text(on / 1000))},
                    watched / 1000 == on / 1000 && on > 0});
    }
    return figure;
  }

  Figure coverage() const {
    struct Seen {
      std::uint64_t inspected = 0, not_inspected = 0;
    };
    std::map<std::string, Seen> seen;
    for (const TerminalFact* terminal : own_) {
      Seen& of = seen[terminal->id];
      for (const PresenceDay& day : terminal->days) of.not_inspected += day.not_inspected;
    }
    for (const IncidentFact& incident : facts_.incidents) {
      if (incident.branch == branch_ && incident.inspected) ++seen[incident.terminal].inspected;
    }
    add_inventories(seen);
    Figure figure;
    for (const auto& [id, of] : seen) {
      if (of.inspected + of.not_inspected == 0) continue;
      figure.numerator += static_cast<std::int64_t>(of.inspected);
      figure.denominator += static_cast<std::int64_t>(of.inspected + of.not_inspected);
      figure.count(
          {{"terminal", id, fmt::format("{} / {}", of.inspected, of.inspected + of.not_inspected)},
           of.not_inspected == 0});
    }
    return figure;
  }

  template <class Map>
  void add_inventories(Map& seen) const {
    if (!facts_.inventories) return;
    for (const InventoryFact& run : *facts_.inventories) {
      if (run.branch != branch_) continue;
      seen[run.terminal].inspected += run.files - std::min(run.files, run.not_inspected);
      seen[run.terminal].not_inspected += run.not_inspected;
    }
  }

  Figure destroyed(Domain domain) const {
    Figure figure;
    figure.kept = facts_.destructions.has_value();
    if (!figure.kept) return figure;
    for (const DestructionFact& order : *facts_.destructions) {
      const bool on_time = order.done && *order.done <= order.due;
      const Time settled = on_time ? *order.done : order.due;
      if (order.branch != branch_ || !touches(order.domains, domain) || settled >= facts_.until ||
          !facts_.period.contains(settled))
        continue;
      ++figure.denominator;
      figure.numerator += on_time ? 1 : 0;
      figure.count({{"order", order.order, {}, order.confidential}, on_time});
    }
    return figure;
  }

  bool concerns(const CaseFact& one, Domain domain) const {
    return one.branch == branch_ && touches(one.domains, domain);
  }
  bool this_month(const std::optional<Time>& moment) const {
    return moment && facts_.period.contains(*moment);
  }

  Figure review(Domain domain) const {
    Figure figure;
    figure.kept = facts_.cases.has_value();
    if (!figure.kept) return figure;
    std::vector<std::int64_t> minutes;
    for (const CaseFact& one : *facts_.cases) {
      if (!concerns(one, domain) || !this_month(one.reviewed)) continue;
      minutes.push_back(std::max<std::int64_t>(
          0, std::chrono::floor<std::chrono::minutes>(*one.reviewed - one.discovered).count()));
      figure.count(
          {{"case", one.id, fmt::format("{} min", minutes.back()), one.confidential}, true});
    }
    if (minutes.empty()) return figure;
    std::ranges::sort(minutes);
    const std::size_t half = minutes.size() / 2;
    const bool odd = minutes.size() % 2 == 1;
    figure.numerator = odd ? minutes[half] : minutes[half - 1] + minutes[half];
    figure.denominator = odd ? kMinutes : 2 * kMinutes;
    return figure;
  }

  Figure leaks(Domain domain) const {
    Figure figure;
    figure.kept = facts_.cases.has_value();
    if (!figure.kept) return figure;
    const std::int64_t day = bank_day(facts_.until - std::chrono::milliseconds(1));
    figure.denominator = std::ranges::count_if(facts_.staff, [&](const Staff& person) {
      return person.branch == branch_ && person.employed_on(day);
    });
    for (const CaseFact& one : *facts_.cases) {
      if (!concerns(one, domain) || !this_month(one.confirmed)) continue;
      ++figure.numerator;
      figure.count({{"case", one.id, fmt::format("S{}", one.severity), one.confidential}, true});
    }
    return figure;
  }

  Figure overdue(Domain domain) const {
    Figure figure;
    for (const Rectification& entry : facts_.rectifications) {
      const bool fell_due = day_begin(entry.due + 1) <= facts_.until;
      const bool was_open = !entry.closed || *entry.closed >= facts_.period.begin();
      if (entry.branch != branch_ || !fell_due || !was_open || !of_domain(entry, domain)) continue;
      const bool late = entry.late(facts_.until);
      ++figure.denominator;
      figure.numerator += late ? 1 : 0;
      figure.count({{"rectification", std::to_string(entry.id), day_text(entry.due)}, late});
    }
    return figure;
  }

  /// A rectification counts in the domains that its inspection looked at and its item belongs to.
  static bool of_domain(const Rectification& entry, Domain domain) {
    return touches(entry.domains, domain);
  }

  const Facts& facts_;
  const std::string& branch_;
  const Model& model_;
  std::vector<std::int64_t> working_;
  std::vector<const TerminalFact*> own_;
  Time bank_heard_{};
};

}  // namespace

std::string hours_text(std::int64_t seconds) {
  return fmt::format("{}.{:01} h", seconds / 3600, seconds % 3600 / 360);
}

void Figure::count(Counted one) {
  if (counted.size() < kMostCounted) {
    counted.push_back(std::move(one));
  } else {
    ++more;
  }
}

std::vector<std::int64_t> working_days(const Facts& facts, const Model& model) {
  std::map<std::int64_t, std::int64_t> heard;
  for (const TerminalFact& terminal : facts.terminals) {
    for (const PresenceDay& day : terminal.days) heard[day.day] += day.last != Time{} ? 1 : 0;
  }
  std::vector<std::int64_t> days;
  for (const auto& [day, terminals] : heard) {
    const Time end = day_begin(day + 1);
    const auto enrolled = std::ranges::count_if(
        facts.terminals, [&](const TerminalFact& each) { return enrolled_at(each, end); });
    if (terminals > 0 && terminals * 100 >= enrolled * model.working_day) days.push_back(day);
  }
  return days;
}

BranchFigures measure(const Facts& facts, const std::string& branch, const Model& model) {
  const Measure measure(facts, branch, model);
  BranchFigures figures;
  for (const Domain domain : kDomains) {
    for (const FigureRule& rule : model.figures)
      figures.at(static_cast<std::size_t>(domain)).push_back(measure.figure(rule.name, domain));
  }
  return figures;
}

}  // namespace huxin::assess
