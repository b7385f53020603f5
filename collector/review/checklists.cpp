#include "collector/review/checklists.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "policy/catalog/catalog.hpp"
#include "policy/rule/data_file.hpp"

namespace huxin::embedded {
extern const std::string_view review_checklists;
}  // namespace huxin::embedded

namespace huxin::review {
namespace {

constexpr std::array<std::string_view, 1> kFileKeys{"checklists"};
constexpr std::array<std::string_view, 8> kListKeys{"id",     "zh",      "en",       "clause",
                                                    "source", "checked", "elements", "steps"};
constexpr std::array<std::string_view, 3> kStepKeys{"id", "zh", "en"};

void read_elements(const rule::Section& section, Checklist& list) {
  for (const rule::Word& word : section.words("elements")) {
    const auto id = catalog::element_id_from(word.text);
    if (id) {
      list.elements.push_back(static_cast<std::uint32_t>(*id));
    } else {
      section.error(rule::Code::kUnknownElement, word.place, "elements",
                    rule::in_quotes(word.text) + " is no element id like D40");
    }
  }
}

Checklist read_checklist(const rule::Section& section, std::set<std::string>& ids) {
  Checklist list;
  list.id = text_of(section, "id");
  list.zh = text_of(section, "zh");
  list.en = text_of(section, "en");
  list.clause = text_of(section, "clause");
  list.source = text_of(section, "source");
  list.checked = text_of(section, "checked");
  read_elements(section, list);
  each_entry(section, "steps", "step", kStepKeys, [&](const rule::Section& entry) {
    entry.require(kStepKeys);
    Step step{list.id + "." + text_of(entry, "id"), text_of(entry, "zh"), text_of(entry, "en")};
    if (!ids.insert(step.id).second) {
      entry.error(rule::Code::kDuplicateKey, entry.place(), "id",
                  rule::in_quotes(step.id) + " stands here twice");
    }
    list.steps.push_back(std::move(step));
  });
  return list;
}

bool calls_for(const record::Incident& incident, const Checklist& list) {
  return std::ranges::any_of(incident.counts(), [&](const record::ElementCount& count) {
    return std::ranges::count(list.elements, count.element()) != 0;
  });
}

}  // namespace

Result<Checklists> Checklists::parse(std::string_view yaml, std::string_view origin) {
  Checklists all;
  std::set<std::string> ids;
  const Status read = rule::read_data_file(
      {.yaml = yaml, .origin = origin}, kFileKeys, [&](const rule::Section& file) {
        each_entry(file, "checklists", "checklist", kListKeys, [&](const rule::Section& entry) {
          entry.require(kListKeys);
          all.checklists_.push_back(read_checklist(entry, ids));
        });
      });
  if (!read) return std::unexpected(read.error());
  return all;
}

const Checklists& Checklists::builtin() {
  static const Checklists all = [] {
    auto parsed = parse(embedded::review_checklists, "checklists.yaml");
    if (!parsed) std::abort();  // compiled in and covered by a test
    return std::move(*parsed);
  }();
  return all;
}

std::vector<const Checklist*> Checklists::called_for(
    const std::vector<record::Incident>& incidents) const {
  std::vector<const Checklist*> found;
  for (const Checklist& list : checklists_) {
    if (std::ranges::any_of(incidents, [&](const auto& each) { return calls_for(each, list); }))
      found.push_back(&list);
  }
  return found;
}

}  // namespace huxin::review
