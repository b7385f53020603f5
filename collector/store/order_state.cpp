#include <algorithm>

#include "collector/store/orders.hpp"

namespace huxin::store {
namespace {

constexpr std::array<std::string_view, 9> kStates{"drafted", "approved", "delivered",
                                                  "done",    "partial",  "refused",
                                                  "failed",  "expired",  "cancelled"};

}  // namespace

std::string_view to_string(OrderKind kind) {
  return kind == OrderKind::kRelease ? "release" : "destroy";
}

std::string_view to_string(OrderState state) { return kStates[static_cast<std::size_t>(state)]; }

Result<OrderKind> order_kind_from(std::string_view text) {
  if (text == "release") return OrderKind::kRelease;
  if (text == "destroy") return OrderKind::kDestroy;
  return fail(Errc::kInvalid, "an order is \"release\" or \"destroy\"");
}

Result<OrderState> order_state_from(std::string_view text) {
  const auto* const found = std::ranges::find(kStates, text);
  if (found == kStates.end()) return fail(Errc::kInvalid, "there is no such state of an order");
  return static_cast<OrderState>(found - kStates.begin());
}

OrderState state_after(std::string_view outcome) {
  const auto says = [&](std::string_view word) {
    return outcome == word || (outcome.starts_with(word) && outcome[word.size()] == ':');
  };
  if (says("done")) return OrderState::kDone;
  if (says("partial")) return OrderState::kPartial;
  if (says("refused")) return OrderState::kRefused;
  return OrderState::kFailed;
}

std::string_view to_string(CertificateVerdict verdict) {
  switch (verdict) {
    case CertificateVerdict::kNone:
      return "none";
    case CertificateVerdict::kUnchecked:
      return "unchecked";
    case CertificateVerdict::kRefused:
      return "refused";
    case CertificateVerdict::kVerified:
      return "verified";
  }
  return "refused";
}

}  // namespace huxin::store
