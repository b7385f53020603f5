#pragma once
#include "policy/rule/clauses.hpp"
#include "policy/rule/policy.hpp"
#include "policy/rule/section.hpp"

/// The parts of load_policy, one for each mapping of the source. Each reports into the section's
/// diagnostics and gives back what could be read.
namespace huxin::rule::loader {

/// What names in a policy are looked up in.
struct Names {
  const catalog::Catalog& catalog;
  const Clauses& clauses;
  std::span<const Profile> profiles = {};  ///< as far as they were read
};

InspectionSettings read_inspection(const YamlNode& node, Diagnostics& diagnostics);
WatchSettings read_watch(const YamlNode& node, Diagnostics& diagnostics);
std::vector<Profile> read_profiles(const YamlNode& node, const Names& names,
                                   Diagnostics& diagnostics);
Rule read_rule(const YamlNode& node, const Names& names, Diagnostics& diagnostics);

/// An element that a policy names, and where.
struct NamedElement {
  const catalog::Element* element;
  Word word;
};
/// The elements of the key `elements`, by id or name; unknown ones are reported.
std::vector<NamedElement> read_elements(const Section& section, const Names& names);
DiscoverSettings read_discover(const YamlNode& node, Diagnostics& diagnostics);
/// The paths of a key; each absolute and without '..'.
std::vector<std::string> read_paths(const Section& section, std::string_view key);
/// The local time of day of a key, written 18:00.
std::optional<std::chrono::minutes> read_time_of_day(const Section& section, std::string_view key);
/// The days of the week of a key.
std::vector<std::chrono::weekday> read_days(const Section& section, std::string_view key);

/// Is this `a.b.c.d/n` or `x::y/n` (or a bare address), with no bit set beyond the prefix?
bool is_network(const std::string& text);

/// Is this 1 to 64 of [A-Za-z0-9._-], beginning with a letter or digit?
bool is_identifier(std::string_view text);

/// Warns of what loads but cannot do what its author meant: W001 to W005, W007, W008, W011 to
/// W013.
void lint(const Policy& policy, const catalog::Catalog& catalog, Diagnostics& diagnostics);

}  // namespace huxin::rule::loader
