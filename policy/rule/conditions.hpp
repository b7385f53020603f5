#pragma once
#include <span>
#include <string>

#include "policy/rule/content.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::rule {

/// One event as conditions see it. Borrows everything; lives for one decision.
struct View {
  View(const Policy& policy, const Event& the_event, std::chrono::minutes local_offset);

  const Event& event;
  std::chrono::minutes time_of_day{};  ///< local
  std::chrono::sys_days day{};         ///< local
  Content* content = nullptr;          ///< null: before inspection
  std::string_view coverage_reason;
  const Profile* profile = nullptr;  ///< governs the place; null: none does
  Stage stage;                       ///< kCollect at a governed place
  std::span<const catalog::ElementId> surplus;
  Authorisation authorisation = Authorisation::kNone;
};

/// One kind of thing a rule can ask for.
struct Condition {
  bool (*asked)(const Match& match);
  bool (*met)(const Match& match, const View& view);
  /// Says for people why it is met or not. Takes time: asked for traces only.
  std::string (*explain)(const Match& match, const View& view);
};

/// Conditions on the event alone: stage, channel, profile, user, …, time.
std::span<const Condition> event_conditions();
/// Conditions on what inspection learned: content and coverage.
std::span<const Condition> inspection_conditions();

/// Where an event happened, rather than what it did: failing one of these is no near miss.
bool is_about_place(const Condition& condition);

/// The number of findings a match needs: what it says, or 1 where only elements or a level are
/// named.
std::uint32_t findings_needed(const Match& match);

/// Cuts a text for a trace to 120 bytes at a character's edge; control characters become '?'.
std::string shown(std::string_view text);

}  // namespace huxin::rule
