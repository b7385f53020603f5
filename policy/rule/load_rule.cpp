#include <algorithm>

#include "policy/rule/keys.hpp"
#include "policy/rule/loader.hpp"

namespace huxin::rule::loader {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::uint32_t kMostCounted = 1'000'000;

/// Reads "18:00"; none when it is no time of day.
std::optional<minutes> time_of_day(std::string_view text) {
  const auto digit = [&](std::size_t at) {
    return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100;
  };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = digit(0) * 10 + digit(1);
  const int minute = digit(3) * 10 + digit(4);
  if (hour > 23 || minute > 59) return std::nullopt;
  return hours(hour) + minutes(minute);
}

void read_time(const YamlNode& node, Match& match, Diagnostics& diagnostics) {
  const Section section(node, "time", keys::kTime, diagnostics);
  const bool from_given = section.find("from") != nullptr;
  if (from_given != (section.find("to") != nullptr)) {
    section.error(Code::kMissingKey, node.place, from_given ? "to" : "from",
                  "from and to go together");
  }
  const auto from = read_time_of_day(section, "from");
  const auto to = read_time_of_day(section, "to");
  if (from && to && *from == *to) {
    section.error(Code::kEmptyWindow, node.place, "to",
                  "is the same as from; leave both out for the whole day");
  }
  if (from && to) match.time_of_day = {*from, *to};
  match.weekdays = read_days(section, "days");
}

void read_profile_ids(const Section& section, const Names& names, Match& match) {
  std::vector<std::string_view> known;
  for (const Profile& each : names.profiles) known.push_back(each.id);
  for (Word& word : section.words("profile")) {
    if (std::ranges::find(known, word.text) == known.end()) {
      section.error(Code::kUnknownProfile, word.place, "profile",
                    fmt::format("the policy has no profile {}{}", in_quotes(word.text),
                                did_you_mean(word.text, known)));
    }
    match.profiles.push_back(std::move(word.text));
  }
}

Authorisation authorisation_from(std::string_view text) {
  if (text == "matched") return Authorisation::kMatched;
  return text == "expired" ? Authorisation::kExpired : Authorisation::kMissing;
}

void read_fingerprint(const YamlNode& node, Match& match, Diagnostics& diagnostics) {
  const Section section(node, "fingerprint", keys::kFingerprint, diagnostics);
  section.require(std::array<std::string_view, 1>{"least"});
  section.read_number("least", match.fingerprint, 0.1, 1.0);
  match.documents = section.texts("documents");
}

void read_collection(const Section& section, const Names& names, Match& match) {
  read_profile_ids(section, names, match);
  section.read("surplus", match.surplus);
  section.read("overdue", match.overdue);
  for (const Word& word : section.all_of("authorisation", keys::kAuthorisations))
    match.authorisations.push_back(authorisation_from(word.text));
  match.tellers = section.texts("teller");
  match.institutions = section.texts("institution");
}

Match read_match(const YamlNode& node, const Names& names, Diagnostics& diagnostics) {
  const Section section(node, "when", keys::kWhen, diagnostics);
  Match match;
  for (const Word& word : section.all_of("stage", keys::kStages))
    match.stages.push_back(*stage_from(word.text));
  for (const Word& word : section.all_of("channel", keys::kChannels))
    match.channels.push_back(*channel_from(word.text));
  for (const NamedElement& named : read_elements(section, names))
    match.elements.insert(named.element->id);
  if (const auto level = section.one_of("level", keys::kLevels)) {
    match.level = static_cast<catalog::Level>(level->text[1] - '0');
  }
  section.read_number("customers", match.customers, 1U, kMostCounted);
  section.read_number("findings", match.findings, 1U, kMostCounted);
  section.read("exact", match.exact);
  if (const YamlNode* const prints = section.find("fingerprint"))
    read_fingerprint(*prints, match, diagnostics);
  match.users = section.texts("user");
  match.processes = section.texts("process");
  match.paths = section.texts("path");
  match.destinations = section.texts("destination");
  match.operations = section.texts("operation");
  match.coverage = section.texts("coverage");
  read_collection(section, names, match);
  if (const YamlNode* const unless = section.find("not")) {
    const Section exceptions(*unless, "not", keys::kNot, diagnostics);
    match.not_users = exceptions.texts("user");
    match.not_processes = exceptions.texts("process");
    match.not_paths = exceptions.texts("path");
    match.not_destinations = exceptions.texts("destination");
    match.not_tellers = exceptions.texts("teller");
    match.not_institutions = exceptions.texts("institution");
  }
  if (const YamlNode* const time = section.find("time")) read_time(*time, match, diagnostics);
  return match;
}

void read_domains(const Section& section, Rule& rule) {
  std::set<std::string> domains;
  for (const Word& word : section.words("domains")) {
    if (std::ranges::find(keys::kDomains, word.text) == keys::kDomains.end()) {
      section.error(
          Code::kUnknownDomain, word.place, "domains",
          fmt::format("{} is none of {}{}", in_quotes(word.text), fmt::join(keys::kDomains, ", "),
                      did_you_mean(word.text, keys::kDomains)));
    } else if (word.text == "all") {
      domains.insert({"credit", "payment", "aml", "it"});
    } else {
      domains.insert(word.text);
    }
  }
  rule.domains.assign(domains.begin(), domains.end());
}

void read_clauses(const Section& section, const Names& names, Rule& rule) {
  for (const Word& word : section.words("clauses")) {
    if (names.clauses.find(word.text) != nullptr) {
      rule.clauses.push_back(word.text);
    } else {
      section.error(
          Code::kUnknownClause, word.place, "clauses",
          in_quotes(word.text) + " is not in the clause file; it is left out of this rule");
    }
  }
}

}  // namespace

std::vector<NamedElement> read_elements(const Section& section, const Names& names) {
  std::vector<NamedElement> elements;
  for (Word& word : section.words("elements")) {
    const auto id = catalog::element_id_from(word.text);
    const catalog::Element* const element =
        id ? names.catalog.find(*id) : names.catalog.find(word.text);
    if (element != nullptr) {
      elements.push_back({element, std::move(word)});
      continue;
    }
    std::vector<std::string_view> known;
    for (const catalog::Element& each : names.catalog.elements()) known.push_back(each.name);
    section.error(Code::kUnknownElement, word.place, "elements",
                  fmt::format("the catalogue has no {}{}", in_quotes(word.text),
                              id ? "" : did_you_mean(word.text, known)));
  }
  return elements;
}

std::optional<minutes> read_time_of_day(const Section& section, std::string_view key) {
  const auto word = section.word(key);
  if (!word) return std::nullopt;
  const auto time = time_of_day(word->text);
  if (!time)
    section.error(Code::kBadQuantity, word->place, key,
                  in_quotes(word->text) + " is not a time of day like 18:00");
  return time;
}

std::vector<std::chrono::weekday> read_days(const Section& section, std::string_view key) {
  std::vector<std::chrono::weekday> days;
  for (const Word& word : section.all_of(key, keys::kDays)) {
    const auto index = std::ranges::find(keys::kDays, word.text) - keys::kDays.begin();
    days.emplace_back(static_cast<unsigned>((index + 1) % 7));  // chrono counts from Sunday
  }
  return days;
}

Rule read_rule(const YamlNode& node, const Names& names, Diagnostics& diagnostics) {
  static constexpr std::array<std::string_view, 5> kRequired{"id", "zh", "en", "when", "action"};
  const Section section(node, "rule", keys::kRule, diagnostics);
  section.require(kRequired);
  Rule rule;
  rule.line = node.place.line;
  if (auto id = section.word("id")) {
    if (!is_identifier(id->text)) {
      section.error(Code::kBadIdentifier, id->place, "id",
                    in_quotes(id->text) + " is not 1 to 64 of letters, digits, '.', '_', '-'");
    }
    rule.id = std::move(id->text);
  }
  if (auto zh = section.word("zh")) rule.zh = std::move(zh->text);
  if (auto en = section.word("en")) rule.en = std::move(en->text);
  if (const YamlNode* const when = section.find("when"))
    rule.match = read_match(*when, names, diagnostics);
  if (const auto action = section.one_of("action", keys::kActions))
    rule.action = *action_from(action->text);
  if (const auto severity = section.one_of("severity", keys::kSeverities))
    rule.severity = *severity_from(severity->text);
  read_domains(section, rule);
  read_clauses(section, names, rule);
  return rule;
}

}  // namespace huxin::rule::loader
