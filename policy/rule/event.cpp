#include "policy/rule/event.hpp"

#include <array>
#include <span>
#include <utility>

namespace huxin::rule {
namespace {

template <class E>
using Name = std::pair<E, std::string_view>;

constexpr std::array<Name<Stage>, 4> kStages{{{Stage::kCollect, "collect"},
                                              {Stage::kUse, "use"},
                                              {Stage::kStore, "store"},
                                              {Stage::kDestroy, "destroy"}}};
constexpr std::array<Name<Channel>, 6> kChannels{{{Channel::kFile, "file"},
                                                  {Channel::kFileOpen, "file_open"},
                                                  {Channel::kClipboard, "clipboard"},
                                                  {Channel::kNetwork, "network"},
                                                  {Channel::kRemovable, "removable"},
                                                  {Channel::kPrint, "print"}}};
constexpr std::array<Name<Action>, 5> kActions{{{Action::kAllow, "allow"},
                                                {Action::kAudit, "audit"},
                                                {Action::kMask, "mask"},
                                                {Action::kBlock, "block"},
                                                {Action::kQuarantine, "quarantine"}}};
constexpr std::array<Name<Severity>, 5> kSeverities{{{Severity::kNone, "none"},
                                                     {Severity::kS4, "S4"},
                                                     {Severity::kS3, "S3"},
                                                     {Severity::kS2, "S2"},
                                                     {Severity::kS1, "S1"}}};

template <class E, std::size_t N>
std::string_view name_of(const std::array<Name<E>, N>& names, E value) {
  for (const auto& [candidate, name] : names) {
    if (candidate == value) return name;
  }
  return "unknown";
}

template <class E, std::size_t N>
Result<E> value_of(const std::array<Name<E>, N>& names, std::string_view what,
                   std::string_view text) {
  for (const auto& [value, name] : names) {
    if (name == text) return value;
  }
  return fail(Errc::kInvalid, "no such {}: '{}'", what, text);
}

}  // namespace

std::string_view to_string(Stage stage) { return name_of(kStages, stage); }
std::string_view to_string(Channel channel) { return name_of(kChannels, channel); }
std::string_view to_string(Action action) { return name_of(kActions, action); }
std::string_view to_string(Severity severity) { return name_of(kSeverities, severity); }

Result<Stage> stage_from(std::string_view text) { return value_of(kStages, "stage", text); }
Result<Channel> channel_from(std::string_view text) { return value_of(kChannels, "channel", text); }
Result<Action> action_from(std::string_view text) { return value_of(kActions, "action", text); }
Result<Severity> severity_from(std::string_view text) {
  return value_of(kSeverities, "severity", text);
}

}  // namespace huxin::rule
