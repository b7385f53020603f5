#pragma once
#include "policy/rule/clauses.hpp"
#include "policy/rule/policy.hpp"
#include "policy/rule/section.hpp"

/// The parts of load_policy, one for each mapping of the source. Each reports into the section's
/// diagnostics and gives back what could be read.
namespace huxin::rule::loader {

/// What names in a policy are looked up in. Borrowed for the time of loading.
struct Names {
  const catalog::Catalog& catalog;
  const Clauses& clauses;
  std::span<const Profile> profiles = {};  ///< as far as they were read
};

/// Whatever is missing or wrong leaves the default; the caller asks the diagnostics whether to go
/// on.
InspectionSettings read_inspection(const YamlNode& node, Diagnostics& diagnostics);
WatchSettings read_watch(const YamlNode& node, Diagnostics& diagnostics);
/// In the order of the file; the first that fits a place governs it.
std::vector<Profile> read_profiles(const YamlNode& node, const Names& names,
                                   Diagnostics& diagnostics);
/// Always gives a rule, of which what was wrong is left at its default.
Rule read_rule(const YamlNode& node, const Names& names, Diagnostics& diagnostics);

/// An element that a policy names, and where. The element lives as long as the catalogue.
struct NamedElement {
  const catalog::Element* element;
  Word word;
};
/// The elements of the key `elements`, by id or name; unknown ones are reported.
std::vector<NamedElement> read_elements(const Section& section, const Names& names);
/// `watch.discover`; days without a time of day are an error.
DiscoverSettings read_discover(const YamlNode& node, Diagnostics& diagnostics);
/// The paths of a key; each absolute and without '..'.
std::vector<std::string> read_paths(const Section& section, std::string_view key);
/// The local time of day of a key, written 18:00. nullopt when absent, and when wrong, which is
/// reported.
std::optional<std::chrono::minutes> read_time_of_day(const Section& section, std::string_view key);
/// The days of the week of a key.
std::vector<std::chrono::weekday> read_days(const Section& section, std::string_view key);

/// Is this `a.b.c.d/n` or `x::y/n` (or a bare address), with no bit set beyond the prefix? Host
/// names are none.
bool is_network(const std::string& text);

/// Is this 1 to 64 of [A-Za-z0-9._-], beginning with a letter or digit?
bool is_identifier(std::string_view text);

/// Warns of what loads but cannot do what its author meant: W001 to W005, W007, W008, W011 to
/// W014. Needs a policy without errors. It may miss what is hard to tell, but what it says is so.
void lint(const Policy& policy, const catalog::Catalog& catalog, Diagnostics& diagnostics);

}  // namespace huxin::rule::loader
