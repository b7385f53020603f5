#include "agent/network_channel.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::agent {

TEST_CASE("whatever a policy says of the network makes the running guard outdated") {
  const rule::Policy policy;
  const auto now = NetworkChannel::wanted_by(policy);
  CHECK(NetworkChannel::wanted_by(rule::Policy(policy)) == now);
  struct Row {
    void (*change)(rule::Policy&);
    const char* why;
  };
  for (const Row& row : {
           Row{[](rule::Policy& p) { p.watch.network = !p.watch.network; }, "on and off"},
           Row{[](rule::Policy& p) { p.watch.ports.push_back(8080); }, "ports"},
           Row{[](rule::Policy& p) { p.watch.networks.emplace_back("10.0.0.0/8"); }, "networks"},
           Row{[](rule::Policy& p) { p.watch.tunnel_hosts.emplace_back("*.bank"); }, "tunnels"},
           Row{[](rule::Policy& p) { p.inspection.deadline += std::chrono::seconds(1); },
               "how long a verdict may take"},
           Row{[](rule::Policy& p) {
                 p.inspection.fail_closed = true;
                 p.mode = rule::Mode::kEnforce;
               },
               "what happens without a verdict"},
       }) {
    INFO(row.why);
    rule::Policy changed = policy;
    row.change(changed);
    CHECK_FALSE(NetworkChannel::wanted_by(changed) == now);
  }
  rule::Policy other = policy;
  other.inspection.open_deadline += std::chrono::seconds(1);
  other.watch.directories.emplace_back("/srv");
  CHECK(NetworkChannel::wanted_by(other) == now);  // connections under way go on
}

}  // namespace huxin::agent
