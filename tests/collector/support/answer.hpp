#pragma once
#include <functional>
#include <string>

#include "policy/order/order.hpp"
#include "policy/order/statement.hpp"
#include "tests/collector/support/device.hpp"

namespace huxin::test {

/// What a terminal states after it did everything that an order of destruction asks.
order::Statement statement_for(const order::Order& order, Time now);

/// A terminal's certificate of having done so, as a file; `spoil` may change the statement before
/// it is signed. Throws when it cannot be made.
std::string certify(const Device& device, const order::Order& order, ByteView signed_order,
                    Time now, const std::function<void(order::Statement&)>& spoil = {});

/// The record that answers an order.
record::Payload answer_to(const order::Order& order, std::string_view outcome,
                          std::string_view certificate, Time now);

}  // namespace huxin::test
