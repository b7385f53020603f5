#pragma once
#include <span>
#include <string>

#include "policy/rule/content.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::rule {

/// One event as conditions see it. Borrows everything; lives for one decision. The policy it was
/// made with is borrowed too, through its profile.
struct View {
  /// Finds the profile and the stage; what inspection learned is set by whoever decides.
  View(const Policy& policy, const Event& the_event, std::chrono::minutes local_offset);

  const Event& event;
  std::chrono::minutes time_of_day{};  ///< local
  std::chrono::sys_days day{};         ///< local
  /// Not const: counting uses its scratch memory.
  Content* content = nullptr;  ///< null: before inspection
  std::string_view coverage_reason;
  const Profile* profile = nullptr;  ///< governs the place; null: none does
  Stage stage;                       ///< kCollect at a governed place
  /// Sorted; empty where no profile governs.
  std::span<const catalog::ElementId> surplus;
  Authorisation authorisation = Authorisation::kNone;
  std::span<const known::DocumentMatch> documents;  ///< largest share first
};

/// One kind of thing a rule can ask for. Pure functions without state, so that tables of them are
/// constants.
struct Condition {
  /// Does the match say anything about it? If not, it is met and is not told of.
  bool (*asked)(const Match& match);
  /// Defined only where it is asked; cheap, since every rule goes through it.
  bool (*met)(const Match& match, const View& view);
  /// Says for people why it is met or not. Takes time: asked for traces only. Holds names, numbers
  /// and texts of the event cut by shown(); never a value that was found.
  std::string (*explain)(const Match& match, const View& view);
};

/// Conditions on the event alone: stage, channel, profile, user, …, time. May be asked before
/// content is known: may_match() does.
std::span<const Condition> event_conditions();
/// Conditions on what inspection learned: content and coverage. In this order: content, coverage,
/// surplus, authorisation, fingerprint; near misses are judged by it.
std::span<const Condition> inspection_conditions();

/// Where an event happened, rather than what it did: failing one of these is no near miss.
/// `condition` must be one of event_conditions(), where it stands.
bool is_about_place(const Condition& condition);

/// The number of findings a match needs: what it says, or 1 where only elements, a level or
/// exact are named. 0 where a match asks for customers alone or for no content.
std::uint32_t findings_needed(const Match& match);

/// Cuts a text for a trace to 120 bytes at a character's edge. Control characters become '?', and
/// so does ';', which parts the reasons of a trace: a file's name must not add one. An ellipsis
/// says that it was cut; "(none)" stands for an empty text.
std::string shown(std::string_view text);

}  // namespace huxin::rule
