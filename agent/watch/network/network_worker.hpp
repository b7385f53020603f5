#pragma once

namespace huxin::watch {

/// The network worker's whole life: `huxin-agent worker network`, started by the guardian with the
/// descriptors of control_channel.hpp open. Takes its settings, reads the trusted authorities,
/// gives up its privileges for good, and serves redirected connections until the guardian is gone.
/// Returns the exit status. 0: the guardian went; 2: it could not begin, and standard error says
/// why.
int run_network_worker();

}  // namespace huxin::watch
