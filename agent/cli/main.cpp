#include <cstdio>
#include <exception>
#include <string_view>

#include "agent/cli/verb.hpp"
#include "agent/guard/worker.hpp"
#include "agent/watch/network/network_worker.hpp"
#include "policy/base/standard_streams.hpp"

/// The workers are this same program, started anew by the guardian with descriptors it hands over;
/// they are not for people, and the command line says nothing of them.
int main(int argc, char** argv) {
  huxin::open_standard_descriptors();
  try {
    if (argc >= 3 && std::string_view(argv[1]) == "worker") {
      if (std::string_view(argv[2]) == "scan") return huxin::guard::run_worker();
      if (std::string_view(argv[2]) == "network") return huxin::watch::run_network_worker();
    }
    return huxin::agent::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "出错 internal: %s\n", error.what());
    return 2;
  }
}
