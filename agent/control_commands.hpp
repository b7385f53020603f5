#pragma once
#include "agent/control/server.hpp"
#include "agent/discovery.hpp"
#include "agent/enforce/quarantine.hpp"

namespace huxin::agent {

/// What the control socket answers to: discover, inventory, quarantine_list. Each borrows what it
/// is given. The clock gives inventory's "now", against which files are past their deadline.
/// Handlers run on the control server's threads and may block.
std::map<std::string, control::Handler> control_commands(Discovery& discovery,
                                                         discover::Inventory& inventory,
                                                         enforce::Quarantine& quarantine,
                                                         std::shared_ptr<const Clock> clock);

/// A summary for people's programs.
boost::json::object to_json(const record::Inventory& inventory);

}  // namespace huxin::agent
