#include "collector/assess/item.hpp"

#include <algorithm>
#include <cstdlib>

#include "collector/assess/evaluate.hpp"
#include "policy/rule/data_file.hpp"

namespace huxin::embedded {
extern const std::string_view assess_items;
}

namespace huxin::assess {
namespace {

constexpr std::array<std::string_view, 3> kFileKeys{"version", "date", "items"};
constexpr std::array<std::string_view, 10> kItemKeys{
    "id", "domains", "weight", "mode", "basis", "zh", "en", "verify_zh", "verify_en", "evaluator"};
constexpr std::array<std::string_view, 3> kModes{"A", "M", "H"};
constexpr std::array<std::string_view, 5> kDomainWords{"credit", "payment", "aml", "it", "all"};
constexpr int kMostItems = 500;

std::vector<Domain> domains_of(const rule::Section& section) {
  std::vector<Domain> domains;
  for (const rule::Word& word : section.all_of("domains", kDomainWords)) {
    if (word.text == "all") return {kDomains.begin(), kDomains.end()};
    domains.push_back(*domain_from(word.text));
  }
  return domains;
}

Item read_item(const rule::Section& section) {
  section.require(std::span(kItemKeys).first(kItemKeys.size() - 1));
  Item item;
  section.read_number("id", item.id, 1, kMostItems);
  item.domains = domains_of(section);
  section.read_number("weight", item.weight, 1, 3);
  if (const auto mode = section.one_of("mode", kModes)) item.mode = mode->text;
  if (section.find("evaluator") != nullptr) {
    item.evaluator = text_of(section, "evaluator");
    if (!is_evaluator(item.evaluator))
      section.error(
          rule::Code::kUnknownWord, section.place(), "evaluator",
          "there is no check of this name; leave it out to have the item answered by hand");
  }
  item.basis = text_of(section, "basis");
  item.zh = text_of(section, "zh");
  item.en = text_of(section, "en");
  item.verify_zh = text_of(section, "verify_zh");
  item.verify_en = text_of(section, "verify_en");
  return item;
}

}  // namespace

bool Item::belongs(Domain domain) const {
  return std::ranges::find(domains, domain) != domains.end();
}

Result<Items> Items::parse(std::string_view yaml, std::string_view origin) {
  Items items;
  const Status read = rule::read_data_file(
      {.yaml = yaml, .origin = origin, .largest = kLargestYaml}, kFileKeys,
      [&](const rule::Section& file) {
        items.version_ = text_of(file, "version");
        items.date_ = text_of(file, "date");
        each_entry(file, "items", "items", kItemKeys, [&](const rule::Section& section) {
          Item item = read_item(section);
          if (items.find(item.id) != nullptr)
            section.error(rule::Code::kDuplicateKey, section.place(), "id",
                          "this id stands here twice");
          items.items_.push_back(std::move(item));
        });
      });
  if (!read) return std::unexpected(read.error());
  return items;
}

std::string_view Items::builtin_text() { return embedded::assess_items; }

const Items& Items::builtin() {
  static const Items items = [] {
    auto parsed = parse(builtin_text(), "items.yaml");
    if (!parsed) std::abort();  // compiled in and covered by a test
    return std::move(*parsed);
  }();
  return items;
}

const Item* Items::find(int id) const {
  const auto found = std::ranges::find(items_, id, &Item::id);
  return found == items_.end() ? nullptr : &*found;
}

}  // namespace huxin::assess
