#include "tests/agent/watch/network/own_network.hpp"

#include <sched.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "agent/watch/network/program.hpp"

namespace huxin::test {

void enter_own_network() {
  static bool entered = false;
  if (entered) return;
  if (::geteuid() != 0) SKIP("needs root: network namespaces and nftables");
  if (::unshare(CLONE_NEWNET) != 0)
    SKIP("this machine does not let a test have a network namespace");
  const auto up = watch::run_program({"ip", "link", "set", "lo", "up"}, {});
  if (!up || up->status != 0) SKIP("needs the ip program of iproute2");
  const auto nft = watch::run_program({"nft", "list", "ruleset"}, {});
  if (!nft || nft->status != 0) SKIP("needs nft and nf_tables in the kernel");
  entered = true;
}

}  // namespace huxin::test
