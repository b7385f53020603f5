#pragma once
#include <boost/json/object.hpp>

#include <vector>

#include "collector/store/orders.hpp"
#include "policy/order/statement.hpp"

namespace huxin::api {

/// The schema Order of openapi.yaml. Times are RFC 3339, null until they are; what the terminal
/// wrote is passed on as text.
boost::json::object to_json(const store::Order& order);
/// The schema DestructionStatement. Paths in it are the customer-side names of files: shown to whom
/// the order is shown.
boost::json::object statement_json(const order::Statement& statement);
/// OrderDetail: with targets, history, and what the certificate states, if it can be read. Whether
/// it can be believed is order.certificate's to say. `statement` may be null.
boost::json::object to_json_in_detail(const store::Order& order,
                                      const std::vector<store::OrderEvent>& history,
                                      const order::Statement* statement);

}  // namespace huxin::api
