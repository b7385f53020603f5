#pragma once
#include "agent/cli/verb.hpp"
#include "agent/control/client.hpp"

namespace huxin::agent::cli {

/// Connects to the agent that runs on the state folder. As control::Client::connect.
Result<control::Client> connect(const Context& context);

/// Members of the agent's answers; empty or 0 where they are absent or of another kind.
std::string text_of(const boost::json::object& object, std::string_view name);
/// A negative number is 0 too.
std::uint64_t number_of(const boost::json::object& object, std::string_view name);

/// A path as it goes to the agent: absolute, its dots and links in folders left to the agent, hex.
std::string path_hex(const std::string& path);

}  // namespace huxin::agent::cli
