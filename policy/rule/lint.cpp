#include <algorithm>

#include "policy/rule/conditions.hpp"
#include "policy/rule/glob.hpp"
#include "policy/rule/keys.hpp"
#include "policy/rule/loader.hpp"

namespace huxin::rule::loader {
namespace {

using Texts = std::vector<std::string>;

constexpr std::array kAllChannels{Channel::kFile,    Channel::kFileOpen,  Channel::kClipboard,
                                  Channel::kNetwork, Channel::kRemovable, Channel::kPrint};

bool holds(const Texts& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

std::span<const Channel> channels_of(const Match& match) {
  return match.channels.empty() ? std::span<const Channel>(kAllChannels) : match.channels;
}

bool only(const Match& match, std::initializer_list<Channel> channels) {
  return !match.channels.empty() && std::ranges::all_of(match.channels, [&](Channel channel) {
    return std::ranges::find(channels, channel) != channels.end();
  });
}

bool asks_nothing(const Match& match) {
  const auto asked = [&](const Condition& condition) { return condition.asked(match); };
  return std::ranges::none_of(event_conditions(), asked) &&
         std::ranges::none_of(inspection_conditions(), asked);
}

/// Does the not_ list take away everything the list lets in?
bool cancelled(const Texts& list, const Texts& except) {
  if (holds(except, "*")) return true;
  return !list.empty() &&
         std::ranges::all_of(list, [&](const std::string& each) { return holds(except, each); });
}

/// Why no event can meet what a rule asks of purpose profiles; empty when one can.
std::string unprofiled(const Match& match, const Policy& policy) {
  if (!policy.profiles.empty()) return {};
  if (match.surplus) return "nothing is surplus, as the policy has no profiles";
  const bool only_collect =
      !match.stages.empty() &&
      std::ranges::all_of(match.stages, [](Stage stage) { return stage == Stage::kCollect; });
  if (only_collect) return "nothing is of stage collect, as the policy has no profiles";
  return {};
}

/// Why no event can meet all the conditions; empty when one can.
std::string contradiction(const Match& match, const catalog::Catalog& catalog) {
  if (cancelled(match.users, match.not_users)) return "not.user excepts every user it asks for";
  if (cancelled(match.processes, match.not_processes))
    return "not.process excepts every process it asks for";
  if (cancelled(match.paths, match.not_paths)) return "not.path excepts every path it asks for";
  if (cancelled(match.destinations, match.not_destinations)) {
    return "not.destination excepts every destination it asks for";
  }
  if (!match.paths.empty() && only(match, {Channel::kClipboard}))
    return "a clipboard event has no path";
  if (!match.destinations.empty() && only(match, {Channel::kFile, Channel::kFileOpen})) {
    return "a file event has no destination";
  }
  if (cancelled(match.tellers, match.not_tellers))
    return "not.teller excepts every teller it asks for";
  if (cancelled(match.institutions, match.not_institutions))
    return "not.institution excepts every institution it asks for";
  if (match.overdue && !match.operations.empty() && !holds(match.operations, "overdue"))
    return "what is overdue has the operation 'overdue'";
  if (match.level && !match.elements.empty() &&
      std::ranges::all_of(match.elements, [&](catalog::ElementId id) {
        const catalog::Element* const element = catalog.find(id);
        return element != nullptr && element->level < *match.level;
      })) {
    return fmt::format("every element it names is below level {}",
                       catalog::to_string(*match.level));
  }
  return {};
}

bool watched(const WatchSettings& watch, Channel channel) {
  switch (channel) {
    case Channel::kFile:
      return !watch.directories.empty() || (watch.discover && !watch.discover->folders.empty());
    case Channel::kFileOpen:
      return !watch.guarded.empty();
    case Channel::kClipboard:
      return watch.clipboard;
    case Channel::kNetwork:
      return watch.network;
    case Channel::kRemovable:
    case Channel::kPrint:
      return true;
  }
  return true;
}

/// Does `wide` let in all that `narrow` lets in? A sound guess: false where it is hard to tell.
bool includes(const Texts& wide, const Texts& narrow) {
  if (wide.empty() || holds(wide, "*")) return true;
  return !narrow.empty() &&
         std::ranges::all_of(narrow, [&](const std::string& each) { return holds(wide, each); });
}

template <class List>
bool includes_values(const List& wide, const List& narrow) {
  if (wide.empty()) return true;
  return !narrow.empty() && std::ranges::all_of(narrow, [&](const auto& each) {
    return std::ranges::find(wide, each) != wide.end();
  });
}

bool excepts_no_more(const Texts& wide, const Texts& narrow) {
  return std::ranges::all_of(wide, [&](const std::string& each) { return holds(narrow, each); });
}

bool same_time_or_any(const Match& wide, const Match& narrow) {
  const bool window = !wide.time_of_day || wide.time_of_day == narrow.time_of_day;
  const bool days = wide.weekdays.empty() || (wide.time_of_day == narrow.time_of_day &&
                                              includes_values(wide.weekdays, narrow.weekdays));
  return window && days;
}

bool covers_content(const Match& wide, const Match& narrow) {
  if (!includes_values(wide.elements, narrow.elements)) return false;
  if (wide.level && !(narrow.level && *narrow.level >= *wide.level)) return false;
  if (wide.exact && !narrow.exact) return false;
  if (wide.fingerprint > narrow.fingerprint || !includes(wide.documents, narrow.documents))
    return false;
  return wide.customers <= narrow.customers && findings_needed(wide) <= findings_needed(narrow);
}

bool covers_collection(const Match& wide, const Match& narrow) {
  return (!wide.surplus || narrow.surplus) && (!wide.overdue || narrow.overdue) &&
         includes_values(wide.profiles, narrow.profiles) &&
         includes_values(wide.authorisations, narrow.authorisations) &&
         includes_values(wide.tellers, narrow.tellers) &&
         includes_values(wide.institutions, narrow.institutions) &&
         excepts_no_more(wide.not_tellers, narrow.not_tellers) &&
         excepts_no_more(wide.not_institutions, narrow.not_institutions);
}

/// Does `wide` match every event that `narrow` matches?
bool covers(const Match& wide, const Match& narrow) {
  return includes_values(wide.stages, narrow.stages) &&
         includes_values(wide.channels, narrow.channels) && covers_content(wide, narrow) &&
         includes(wide.users, narrow.users) && includes(wide.processes, narrow.processes) &&
         includes(wide.paths, narrow.paths) && includes(wide.destinations, narrow.destinations) &&
         includes(wide.operations, narrow.operations) &&
         excepts_no_more(wide.not_users, narrow.not_users) &&
         excepts_no_more(wide.not_processes, narrow.not_processes) &&
         excepts_no_more(wide.not_paths, narrow.not_paths) &&
         excepts_no_more(wide.not_destinations, narrow.not_destinations) &&
         same_time_or_any(wide, narrow) && includes(wide.coverage, narrow.coverage) &&
         covers_collection(wide, narrow);
}

/// Is the rule `other` at least as strict as `rule`, with nothing left for `rule` to add?
bool outdoes(const Rule& other, const Rule& rule) {
  const auto channels = channels_of(rule.match);
  const bool as_strict = std::ranges::all_of(channels, [&](Channel channel) {
    return effective(other.action, channel) >= effective(rule.action, channel);
  });
  return as_strict && other.severity == rule.severity &&
         excepts_no_more(rule.domains, other.domains) &&
         excepts_no_more(rule.clauses, other.clauses);
}

void lint_action(const Rule& rule, Diagnostics& diagnostics) {
  if (rule.match.channels.empty()) return;  // meant for whatever a channel can do
  for (const Channel channel : rule.match.channels) {
    const Action action = effective(rule.action, channel);
    if (action == rule.action) continue;
    diagnostics.add(Code::kActionChanged, {rule.line, 1},
                    fmt::format("rule '{}': {} on channel {} is enforced as {}", rule.id,
                                to_string(rule.action), to_string(channel), to_string(action)));
  }
}

void lint_reasons(const Rule& rule, Diagnostics& diagnostics) {
  for (const std::string& wanted : rule.match.coverage) {
    const bool known = std::ranges::any_of(
        keys::kReasons, [&](std::string_view reason) { return glob_match(wanted, reason); });
    if (known) continue;
    diagnostics.add(Code::kUnknownReason, {rule.line, 1},
                    fmt::format("rule '{}': coverage {} is never recorded{}", rule.id,
                                in_quotes(wanted), did_you_mean(wanted, keys::kReasons)));
  }
}

void lint_rule(const Rule& rule, const Policy& policy, const catalog::Catalog& catalog,
               Diagnostics& diagnostics) {
  const Place place{rule.line, 1};
  if (asks_nothing(rule.match)) {
    diagnostics.add(Code::kMatchesAll, place,
                    fmt::format("rule '{}' asks for nothing and matches every event", rule.id));
  }
  std::string why = contradiction(rule.match, catalog);
  if (why.empty()) why = unprofiled(rule.match, policy);
  if (!why.empty()) {
    diagnostics.add(Code::kNeverMatches, place,
                    fmt::format("rule '{}' can never match: {}", rule.id, why));
  }
  const auto off = [&](Channel channel) { return !watched(policy.watch, channel); };
  if (!rule.match.channels.empty() && std::ranges::all_of(rule.match.channels, off)) {
    diagnostics.add(Code::kNotWatched, place,
                    fmt::format("rule '{}' can never match: `watch` leaves channel {} out", rule.id,
                                to_string(rule.match.channels.front())));
  }
  const bool names_teller = !rule.match.tellers.empty() || !rule.match.institutions.empty();
  if (names_teller && policy.watch.teller_processes.empty()) {
    diagnostics.add(Code::kTellerNeverBound, place,
                    fmt::format("rule '{}' can never match: `watch.teller` names no processes that "
                                "may bind a teller",
                                rule.id));
  }
  if (rule.domains.empty()) {
    diagnostics.add(Code::kNoDomain, place,
                    fmt::format("rule '{}' counts in no domain ({})", rule.id,
                                fmt::join(keys::kDomains, ", ")));
  }
  lint_reasons(rule, diagnostics);
  lint_action(rule, diagnostics);
}

void lint_profiles(const Policy& policy, Diagnostics& diagnostics) {
  for (auto profile = policy.profiles.begin(); profile != policy.profiles.end(); ++profile) {
    const auto earlier = std::find_if(policy.profiles.begin(), profile, [&](const Profile& other) {
      return excepts_no_more(profile->paths, other.paths) &&
             excepts_no_more(profile->processes, other.processes) &&
             excepts_no_more(profile->sites, other.sites);
    });
    if (earlier == profile) continue;
    diagnostics.add(Code::kProfileCovered, {profile->line, 1},
                    fmt::format("profile '{}' never governs: '{}' (line {}) has all its places",
                                profile->id, earlier->id, earlier->line));
  }
}

void lint_discover(const WatchSettings& watch, Diagnostics& diagnostics) {
  if (!watch.discover || !watch.discover->folders.empty() || !watch.directories.empty()) return;
  diagnostics.add(Code::kNothingToDiscover, {1, 1},
                  "watch.discover: neither its folders nor watch.directories name any");
}

void lint_shadowed(const Policy& policy, std::size_t index, Diagnostics& diagnostics) {
  const Rule& rule = policy.rules[index];
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const Rule& other = policy.rules[i];
    if (i == index || !outdoes(other, rule) || !covers(other.match, rule.match)) continue;
    // Of two rules that cover each other the earlier one decides.
    if (i > index && outdoes(rule, other) && covers(rule.match, other.match)) continue;
    diagnostics.add(
        Code::kShadowed, {rule.line, 1},
        fmt::format("rule '{}' adds nothing to '{}' (line {}), which is as wide and as strict",
                    rule.id, other.id, other.line));
    return;
  }
}

}  // namespace

void lint(const Policy& policy, const catalog::Catalog& catalog, Diagnostics& diagnostics) {
  if (policy.rules.empty())
    diagnostics.add(Code::kNoRules, {1, 1}, "the policy has no rules: nothing will be recorded");
  lint_profiles(policy, diagnostics);
  lint_discover(policy.watch, diagnostics);
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    lint_rule(policy.rules[i], policy, catalog, diagnostics);
    lint_shadowed(policy, i, diagnostics);
  }
}

}  // namespace huxin::rule::loader
