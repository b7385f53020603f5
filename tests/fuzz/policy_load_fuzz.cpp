// Any text given to the policy loader: it never throws, keeps its limits, and what loads decides.
#include <cstdlib>

#include "policy/rule/load.hpp"

using namespace huxin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  const rule::LoadReport report = rule::load_policy(text, "fuzz", *catalog::Catalog::builtin());
  if (report.render(text, "fuzz").empty() != report.diagnostics.empty()) std::abort();
  if (!report.ok()) {
    if (report.diagnostics.empty()) std::abort();
    return 0;
  }
  detect::Inspection inspection;
  inspection.findings.push_back({.element = catalog::ElementId{1},
                                 .level = catalog::Level::kC2,
                                 .confidence = 1,
                                 .customer = 7});
  inspection.customers = 1;
  for (int channel = 1; channel <= 6; ++channel) {
    rule::Event event;
    event.channel = static_cast<rule::Channel>(channel);
    event.destination = "a.example:443/path";
    const auto decision =
        rule::decide(*report.policy, event, {&inspection, "encrypted"}, std::chrono::minutes(480));
    if (decision.action > decision.would) std::abort();
    if (decision.record && !rule::may_match(*report.policy, event, std::chrono::minutes(480)))
      std::abort();
  }
  return 0;
}
