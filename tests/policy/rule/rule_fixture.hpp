#pragma once
#include <string>
#include <string_view>

#include "policy/rule/load.hpp"

namespace huxin::rule::test {

/// Wraps rules (YAML, two spaces of indentation) into a whole policy.
inline std::string policy_with(std::string_view rules, std::string_view mode = "enforce") {
  return "policy: {id: test, version: '1', mode: " + std::string(mode) + "}\n" +
         "watch: {directories: [/home], guarded: [/srv/guarded]}\nrules:\n" + std::string(rules);
}

inline LoadReport load(std::string_view yaml) {
  return load_policy(yaml, "test.yaml", *catalog::Catalog::builtin());
}

/// One rule around a condition: id "r", action audit.
inline std::string rule_when(std::string_view when, std::string_view action = "audit",
                             std::string_view id = "r") {
  return "  - {id: " + std::string(id) +
         ", zh: 一条, en: one, domains: [it], action: " + std::string(action) +
         ", when: " + std::string(when) + "}\n";
}

/// 09:30 UTC on a Wednesday.
inline constexpr Time kWednesday = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} +
                                   std::chrono::hours(9) + std::chrono::minutes(30);

inline detect::Finding finding(unsigned element, catalog::Level level, std::uint32_t customer,
                               double confidence = 0.9) {
  detect::Finding made;
  made.element = catalog::ElementId(static_cast<std::uint16_t>(element));
  made.level = level;
  made.customer = customer;
  made.confidence = confidence;
  return made;
}

/// `count` customers, each with one finding of an element.
inline detect::Inspection customers(std::uint32_t count, unsigned element = 1,
                                    catalog::Level level = catalog::Level::kC2) {
  detect::Inspection inspection;
  for (std::uint32_t i = 1; i <= count; ++i)
    inspection.findings.push_back(finding(element, level, i));
  inspection.customers = count;
  inspection.findings_total = count;
  return inspection;
}

}  // namespace huxin::rule::test
