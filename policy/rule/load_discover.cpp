#include "policy/rule/keys.hpp"
#include "policy/rule/loader.hpp"

namespace huxin::rule::loader {

DiscoverSettings read_discover(const YamlNode& node, Diagnostics& diagnostics) {
  const Section section(node, "discover", keys::kDiscover, diagnostics);
  DiscoverSettings settings;
  settings.folders = read_paths(section, "folders");
  settings.exclude = section.texts("exclude");
  settings.at = read_time_of_day(section, "at");
  settings.days = read_days(section, "days");
  if (!settings.days.empty() && section.find("at") == nullptr) {
    section.error(Code::kMissingKey, node.place, "at", "days say nothing without a time of day");
  }
  section.read("pause_when_busy", settings.pause_when_busy);
  return settings;
}

}  // namespace huxin::rule::loader
