#include <algorithm>

#include "policy/rule/glob.hpp"
#include "policy/rule/policy.hpp"

namespace huxin::rule {
namespace {

bool is_of_file(Channel channel) {
  return channel == Channel::kFile || channel == Channel::kFileOpen ||
         channel == Channel::kRemovable;
}

bool governs(const Profile& profile, const Event& event) {
  const auto any = [](const std::vector<std::string>& globs, auto&& fits) {
    return std::ranges::any_of(globs, fits);
  };
  if (is_of_file(event.channel) && !event.path.empty() &&
      any(profile.paths, [&](const auto& glob) { return glob_match(glob, event.path); }))
    return true;
  if (event.channel == Channel::kNetwork &&
      any(profile.sites, [&](const auto& glob) { return host_match(glob, event.destination); }))
    return true;
  return !event.process.empty() && any(profile.processes, [&](const auto& glob) {
    return process_match(glob, event.process);
  });
}

}  // namespace

std::string_view to_string(Authorisation authorisation) {
  switch (authorisation) {
    case Authorisation::kMatched:
      return "matched";
    case Authorisation::kMissing:
      return "missing";
    case Authorisation::kExpired:
      return "expired";
    case Authorisation::kNone:
      break;
  }
  return "";
}

const Profile* profile_of(const Policy& policy, const Event& event) {
  const auto found = std::ranges::find_if(
      policy.profiles, [&](const Profile& profile) { return governs(profile, event); });
  return found == policy.profiles.end() ? nullptr : &*found;
}

Stage stage_of(const Event& event, const Profile* profile) {
  const bool gathers = event.stage != Stage::kDestroy &&
                       (event.channel == Channel::kFile || event.channel == Channel::kRemovable ||
                        event.channel == Channel::kNetwork);
  return profile != nullptr && gathers ? Stage::kCollect : event.stage;
}

bool overdue(const Profile& profile, Time gathered, Time now) {
  return profile.keep.count() > 0 && now - gathered > profile.keep;
}

}  // namespace huxin::rule
