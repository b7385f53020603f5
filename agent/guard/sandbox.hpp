#pragma once
#include <string>
#include <vector>

#include "policy/base/result.hpp"

namespace huxin::guard {

struct SandboxOptions {
  std::string user = "huxin-worker";  ///< whom root becomes; where there is none, uid 65534
  std::size_t address_space = 0;      ///< bytes; 0: no limit
  std::size_t file_size = std::size_t{64} << 20U;  ///< of a memory file; no other can be written
  std::vector<int> keep;  ///< descriptors that stay open, beside 0, 1 and 2; no program run in the
                          ///< cage inherits them
};

/// Which walls stand, by name, so that status and tests can tell.
struct Protections {
  std::vector<std::string> in_force;
  std::vector<std::string>
      missing;  ///< "own uid: not started by root", "landlock: not in this kernel"
};

/// Shuts the calling process into its cage, for good and for all programs it runs.
///
/// In this order: other descriptors closed; not dumpable; first to die when memory runs out;
/// groups, gid, uid and capabilities given up (when root); resource limits; no new privileges;
/// Landlock (no file system but libraries, fonts, character maps and Tesseract's languages
/// read-only, nothing executable but what extract/helper_program.hpp names and the loader, no TCP,
/// no signals to the outside); seccomp (an allow-list; what only an attacker calls ends the
/// process). Without root everything that needs none is done.
///
/// Call from a process with one thread. What a kernel lacks is reported, not fatal; a wall that
/// exists and cannot be raised is an error, and the process must end.
/// Resource limits, besides those given: 64 descriptors and 64 processes, no core. The order
/// matters: each wall takes calls that the next one refuses.
Result<Protections> enter_sandbox(const SandboxOptions& options);

}  // namespace huxin::guard
