#include <algorithm>

#include "policy/rule/keys.hpp"
#include "policy/rule/loader.hpp"

namespace huxin::rule::loader {
namespace {

constexpr unsigned kLongestKeep = 36'500;

void take_elements(const Section& section, const Names& names, Profile& profile) {
  for (const NamedElement& named : read_elements(section, names)) {
    if (named.element->level >= catalog::Level::kC3) {
      section.error(Code::kSecretInProfile, named.word.place, "elements",
                    fmt::format("{} ({}) is authentication data (C3), which no purpose may gather",
                                in_quotes(named.word.text), named.element->zh));
    } else {
      profile.elements.insert(named.element->id);
    }
  }
}

void check_places(const Section& section, const Profile& profile) {
  if (profile.paths.empty() && profile.processes.empty() && profile.sites.empty()) {
    section.error(Code::kNoPlace, section.place(), "paths",
                  "no paths, processes or sites are named: the profile governs nothing");
  }
  const YamlNode* const elements = section.find("elements");
  if (elements != nullptr && elements->kind == YamlNode::Kind::kList && elements->items.empty()) {
    section.error(Code::kNoPlace, elements->place, "elements",
                  "the list is empty: name what the purpose needs");
  }
}

Profile read_profile(const YamlNode& node, const Names& names, Diagnostics& diagnostics) {
  static constexpr std::array<std::string_view, 4> kRequired{"id", "zh", "en", "elements"};
  const Section section(node, "profile", keys::kProfile, diagnostics);
  section.require(kRequired);
  Profile profile;
  profile.line = node.place.line;
  if (auto id = section.word("id")) {
    if (!is_identifier(id->text)) {
      section.error(Code::kBadIdentifier, id->place, "id",
                    in_quotes(id->text) + " is not 1 to 64 of letters, digits, '.', '_', '-'");
    }
    profile.id = std::move(id->text);
  }
  if (auto zh = section.word("zh")) profile.zh = std::move(zh->text);
  if (auto en = section.word("en")) profile.en = std::move(en->text);
  take_elements(section, names, profile);
  profile.paths = section.texts("paths");
  profile.processes = section.texts("processes");
  profile.sites = section.texts("sites");
  unsigned days = 0;
  section.read_number("keep", days, 1U, kLongestKeep);
  profile.keep = std::chrono::days(days);
  check_places(section, profile);
  return profile;
}

}  // namespace

std::vector<Profile> read_profiles(const YamlNode& node, const Names& names,
                                   Diagnostics& diagnostics) {
  std::vector<Profile> profiles;
  if (node.kind != YamlNode::Kind::kList) {
    diagnostics.add(Code::kWrongKind, node.place, "profiles takes a list of profiles");
    return profiles;
  }
  if (node.items.size() > kMaxEntries) {
    diagnostics.add(Code::kListTooLong, node.place,
                    fmt::format("{} profiles, {} at most", node.items.size(), kMaxEntries));
    return profiles;
  }
  for (const YamlNode& item : node.items) {
    Profile profile = read_profile(item, names, diagnostics);
    const auto first = std::ranges::find(profiles, profile.id, &Profile::id);
    if (first != profiles.end() && !profile.id.empty()) {
      diagnostics.add(Code::kDuplicateProfile, item.place,
                      fmt::format("a profile {} stands at line {} already", in_quotes(profile.id),
                                  first->line));
    }
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

}  // namespace huxin::rule::loader
