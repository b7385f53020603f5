#include "collector/assess/evaluate.hpp"

#include <algorithm>
#include <array>

#include "collector/assess/evaluate_checks.hpp"

namespace huxin::assess {
namespace {

struct Check {
  std::string_view name;
  Suggestion (*run)(const Branchly&);
};

constexpr std::array kChecks{
    Check{"authorisations", checks::authorisations},
    Check{"shared_accounts", checks::shared_accounts},
    Check{"off_hours", checks::off_hours},
    Check{"reports_at_rest", checks::reports_at_rest},
    Check{"reports_sent", checks::reports_sent},
    Check{"leavers", checks::leavers},
    Check{"authentication_at_rest", checks::authentication_at_rest},
    Check{"clear_cards", checks::clear_cards},
    Check{"one_time_codes", checks::one_time_codes},
    Check{"str_holders", checks::str_holders},
    Check{"str_sent", checks::str_sent},
    Check{"kept_ten_years", checks::kept_ten_years},
    Check{"early_destruction", checks::early_destruction},
    Check{"removable_media", checks::removable_media},
    Check{"agents_alive", checks::agents_alive},
    Check{"messengers", checks::messengers},
    Check{"uploads_blocked", checks::uploads_blocked},
    Check{"test_data", checks::test_data},
    Check{"separate_administrators", checks::separate_administrators},
    Check{"chains_whole", checks::chains_whole},
    Check{"log_audited", checks::log_audited},
    Check{"expired_extracts", checks::expired_extracts},
    Check{"certificates", checks::certificates},
    Check{"cryptography", checks::cryptography},
    Check{"past_findings", checks::past_findings},
};

}  // namespace

Suggestion suggest(const Facts& facts, const std::string& branch, const Item& item) {
  const auto* const check = std::ranges::find(kChecks, item.evaluator, &Check::name);
  if (check == kChecks.end()) {
    return {std::nullopt,
            "采集中心没有此项的数据来源，请人工检查",
            "the collector has no source for this item; check it by hand",
            {},
            0};
  }
  return check->run(Branchly(facts, branch));
}

bool is_evaluator(std::string_view name) {
  return std::ranges::find(kChecks, name, &Check::name) != kChecks.end();
}

}  // namespace huxin::assess
