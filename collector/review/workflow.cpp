#include "collector/review/workflow.hpp"

#include <algorithm>
#include <array>

namespace huxin::review {
namespace {

using store::Case, store::CaseEvent, store::CaseMark, store::CaseState;

constexpr std::array<std::string_view, 4> kVerdicts{"confirmed", "false_alarm", "permitted",
                                                    "test"};

bool may_go(CaseState from, CaseState to) {
  if (from == CaseState::kClosed) return to == CaseState::kInvestigating;
  return to != CaseState::kOpen;
}

/// Carries one change through, gathering what the history is to say.
class Editor {
 public:
  Editor(const Case& before, const CaseChange& change, std::string_view who, Time now)
      : change_(change), who_(who), now_(now), changed_{before, {}} {}

  void set_text(std::string_view what, std::string Case::* field, const std::string& value) {
    std::string& held = changed_.after.*field;
    if (value.empty() || held == value) return;
    add(what, held, value);
    held = value;
  }
  void set_severity() {
    std::uint32_t& held = changed_.after.severity;
    if (!change_.severity || *change_.severity == held) return;
    add("severity", fmt::format("S{}", held), fmt::format("S{}", *change_.severity));
    held = *change_.severity;
  }
  void set_due() {
    Time& held = changed_.after.due;
    if (!change_.due || *change_.due == held) return;
    add("due", to_rfc3339(held), to_rfc3339(*change_.due));
    held = *change_.due;
  }
  void set_state() {
    Case& held = changed_.after;
    if (!change_.state || *change_.state == held.state) return;
    add("state", std::string(to_string(held.state)), std::string(to_string(*change_.state)));
    const bool closing = *change_.state == CaseState::kClosed;
    if (closing) add("verdict", {}, change_.verdict);
    held.verdict = closing ? change_.verdict : std::string{};
    held.closed = closing ? std::optional(now_) : std::nullopt;
    held.state = *change_.state;
  }
  void set_mark(std::string_view kind, const std::string& name, bool done) {
    if (name.empty()) return;
    const auto held = std::ranges::find_if(changed_.after.marks, [&](const CaseMark& mark) {
      return mark.kind == kind && mark.name == name;
    });
    if ((held != changed_.after.marks.end()) == done) return;
    if (done) {
      changed_.after.marks.push_back({std::string(kind), name, std::string(who_), now_});
    } else {
      changed_.after.marks.erase(held);
    }
    add(done ? kind : "step_undone", {}, name);
  }
  void add_incidents() {
    for (const std::string& incident : change_.incidents) {
      if (std::ranges::count(changed_.after.incidents, incident) != 0) continue;
      changed_.after.incidents.push_back(incident);
      add("incident", {}, incident);
    }
  }
  /// The note goes with the first line; alone, it is a line of its own.
  Changed finish() {
    if (!change_.note.empty() && changed_.events.empty()) add("note", {}, {});
    if (!changed_.events.empty()) changed_.events.front().text = change_.note;
    return std::move(changed_);
  }

 private:
  void add(std::string_view what, std::string from, std::string to) {
    changed_.events.push_back(
        {now_, std::string(who_), std::string(what), std::move(from), std::move(to), {}});
  }

  const CaseChange& change_;
  std::string_view who_;
  Time now_;
  Changed changed_;
};

bool all_done(const Case& held, const std::vector<std::string>& steps) {
  return std::ranges::all_of(steps, [&](const std::string& step) {
    return std::ranges::any_of(
        held.marks, [&](const CaseMark& mark) { return mark.kind == "step" && mark.name == step; });
  });
}

std::string_view state_fault(const Case& before, const CaseChange& change) {
  const bool moves = change.state && *change.state != before.state;
  if (before.state == CaseState::kClosed && !moves) return "case_closed";
  if (moves && !may_go(before.state, *change.state)) return "bad_transition";
  const bool closes = moves && *change.state == CaseState::kClosed;
  const bool reopens = moves && before.state == CaseState::kClosed;
  if (closes && !is_verdict(change.verdict)) return "verdict_needed";
  if (!closes && !change.verdict.empty()) return "bad_transition";
  const bool postpones = change.due && *change.due != before.due;
  if ((closes || reopens || postpones) && change.note.empty()) return "note_needed";
  return {};
}

}  // namespace

bool is_verdict(std::string_view text) { return std::ranges::count(kVerdicts, text) != 0; }

std::expected<Changed, std::string_view> change_case(const Case& before, const CaseChange& change,
                                                     const std::vector<std::string>& steps,
                                                     std::string_view who, Time now) {
  if (const auto fault = state_fault(before, change); !fault.empty()) return std::unexpected(fault);
  Editor editor(before, change, who, now);
  editor.set_state();
  editor.set_text("title", &Case::title, change.title);
  editor.set_text("owner", &Case::owner, change.owner);
  editor.set_severity();
  editor.set_due();
  editor.set_mark("step", change.step, change.done);
  editor.set_mark("report", change.report, true);
  editor.add_incidents();
  Changed changed = editor.finish();
  if (changed.events.empty()) return std::unexpected("nothing_changed");
  if (changed.after.verdict == "confirmed" && !all_done(changed.after, steps))
    return std::unexpected("steps_open");
  return changed;
}

}  // namespace huxin::review
