#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "policy/order/statement.hpp"

namespace huxin::order {

/// Why a terminal refused an order, or some of its targets. The words travel; OrderResult.outcome
/// says the same to people.
enum class Refusal : std::uint8_t {
  kNone,
  kTerm,     ///< 保存期限未满: a retention term runs
  kHold,     ///< 保全: a customer in it is on hold
  kFile,     ///< what it is: not inspected whole, changed, with other names…
  kOrder,    ///< the order: expired, not valid yet, or for another terminal
  kReplayed  ///< the order was answered before
};
inline constexpr std::array kAllRefusals{Refusal::kNone, Refusal::kTerm,  Refusal::kHold,
                                         Refusal::kFile, Refusal::kOrder, Refusal::kReplayed};

/// "", "term", "hold", "file", "order", "replayed".
std::string_view to_string(Refusal refusal);
/// kNone for any other word: a newer terminal may know more of them.
Refusal refusal_from(std::string_view word);

/// The gravest refusal among a statement's targets: a hold before a term, a term before the rest.
Refusal refusal_of(const Statement& statement);

}  // namespace huxin::order
