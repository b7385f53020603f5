#pragma once
#include <expected>

#include "collector/api/route.hpp"
#include "policy/order/order.hpp"

namespace huxin::api {

/// Reads a draft (OrderDraft of openapi.yaml) and fills in what the incidents it names say: their
/// terminal, their paths, whether it is confidential. Incidents that the caller may not see are not
/// there. The refusal names what is wrong. A reason has 4 to 500 bytes, a path at most 4,096; days
/// 1 to 90 from now. The caller becomes its executor. What it makes passes order::check; targets by
/// incident get the path their record has.
std::expected<store::OrderDraft, http::Response> read_draft(const Desk& desk, const Call& call);

/// The order as the terminal is to get it, signed from `issued` on by `supervisor`; a release that
/// nobody else approved has none. `id` is hex. Pure: the same draft gives the same order.
order::Order order_of(const store::OrderDraft& draft, std::string_view id,
                      std::string_view supervisor, Time issued);

}  // namespace huxin::api
