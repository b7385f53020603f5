#include "policy/rule/clauses.hpp"

#include <array>
#include <cstdlib>

#include "policy/presets/presets.hpp"
#include "policy/rule/keys.hpp"
#include "policy/rule/section.hpp"

namespace huxin::rule {
namespace {

constexpr std::size_t kMaxSource = std::size_t{1} << 20U;
constexpr std::array<std::string_view, 3> kFileKeys{"notice_zh", "notice_en", "clauses"};
constexpr std::array<std::string_view, 7> kClauseKeys{"id", "stage",   "source", "zh",
                                                      "en", "domains", "checked"};
constexpr std::array<std::string_view, 5> kStages{"collect", "use", "store", "destroy", "all"};

std::string text_of(const Section& section, std::string_view key) {
  const auto word = section.word(key);
  return word ? word->text : std::string{};
}

Clause read_clause(const Section& section) {
  section.require(kClauseKeys);
  Clause clause;
  clause.id = text_of(section, "id");
  const auto stage = section.one_of("stage", kStages);
  if (stage) clause.stage = stage->text;
  clause.source = text_of(section, "source");
  clause.zh = text_of(section, "zh");
  clause.en = text_of(section, "en");
  for (const Word& word : section.all_of("domains", keys::kDomains))
    clause.domains.push_back(word.text);
  clause.checked = text_of(section, "checked");
  return clause;
}

std::unexpected<Error> first_error(Diagnostics& diagnostics, std::string_view origin) {
  for (const Diagnostic& each : diagnostics.take()) {
    if (each.error())
      return fail(Errc::kInvalid, "{}:{}:{}: {}", origin, each.line, each.column, each.message);
  }
  return fail(Errc::kInternal, "{}: an error without a diagnostic", origin);
}

}  // namespace

Result<Clauses> Clauses::parse(std::string_view yaml, std::string_view origin) {
  if (yaml.size() > kMaxSource)
    return fail(Errc::kTooLarge, "{} is over {} bytes", origin, kMaxSource);
  Diagnostics diagnostics;
  const auto root = parse_yaml(yaml, diagnostics);
  if (!root) return first_error(diagnostics, origin);
  const Section file(*root, "clauses file", kFileKeys, diagnostics);
  file.require(kFileKeys);
  Clauses clauses;
  clauses.notice_zh_ = text_of(file, "notice_zh");
  clauses.notice_en_ = text_of(file, "notice_en");
  const YamlNode* const list = file.find("clauses");
  if (list != nullptr && list->kind != YamlNode::Kind::kList) {
    file.error(Code::kWrongKind, list->place, "clauses", "a list is wanted here");
  } else if (list != nullptr) {
    for (const YamlNode& item : list->items) {
      Clause clause = read_clause(Section(item, "clause", kClauseKeys, diagnostics));
      const std::string id = clause.id;
      if (!clauses.clauses_.emplace(id, std::move(clause)).second) {
        file.error(Code::kDuplicateKey, item.place, "clauses",
                   in_quotes(id) + " stands here twice");
      }
    }
  }
  if (diagnostics.any_error()) return first_error(diagnostics, origin);
  return clauses;
}

const Clauses& Clauses::builtin() {
  static const Clauses clauses = [] {
    auto parsed = parse(presets::clauses(), "clauses.yaml");
    if (!parsed) std::abort();  // compiled in and covered by a test
    return std::move(*parsed);
  }();
  return clauses;
}

const Clause* Clauses::find(std::string_view id) const {
  const auto found = clauses_.find(id);
  return found == clauses_.end() ? nullptr : &found->second;
}

}  // namespace huxin::rule
