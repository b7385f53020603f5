#pragma once
#include "agent/guard/sandbox.hpp"

namespace huxin::guard {

// The walls of enter_sandbox(), one file each where they are long. Internal to this folder.

/// Denies the file system but for what pdftotext needs, TCP, and signals out of the cage.
Status restrict_with_landlock(Protections& protections);
/// Installs the system-call filter; the last wall, since raising the others takes calls it refuses.
Status filter_system_calls(Protections& protections);

}  // namespace huxin::guard
