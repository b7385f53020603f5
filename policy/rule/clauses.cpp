#include "policy/rule/clauses.hpp"

#include <array>
#include <cstdlib>

#include "policy/presets/presets.hpp"
#include "policy/rule/data_file.hpp"
#include "policy/rule/keys.hpp"

namespace huxin::rule {
namespace {

constexpr std::array<std::string_view, 3> kFileKeys{"notice_zh", "notice_en", "clauses"};
constexpr std::array<std::string_view, 7> kClauseKeys{"id", "stage",   "source", "zh",
                                                      "en", "domains", "checked"};
constexpr std::array<std::string_view, 5> kStages{"collect", "use", "store", "destroy", "all"};

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

}  // namespace

Result<Clauses> Clauses::parse(std::string_view yaml, std::string_view origin) {
  Clauses clauses;
  const DataFile source{.yaml = yaml, .origin = origin, .name = "clauses file"};
  const Status read = read_data_file(source, kFileKeys, [&](const Section& file) {
    clauses.notice_zh_ = text_of(file, "notice_zh");
    clauses.notice_en_ = text_of(file, "notice_en");
    each_entry(file, "clauses", "clause", kClauseKeys, [&](const Section& entry) {
      Clause clause = read_clause(entry);
      const std::string id = clause.id;
      if (!clauses.clauses_.emplace(id, std::move(clause)).second)
        file.error(Code::kDuplicateKey, entry.place(), "clauses",
                   in_quotes(id) + " stands here twice");
    });
  });
  if (!read) return std::unexpected(read.error());
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
