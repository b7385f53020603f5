#pragma once
#include <memory>

#include "agent/cli/scan_run.hpp"
#include "agent/cli/verb.hpp"

namespace huxin::agent::cli {

/// Adds the options that `scan` and `explain` share to one of them, and the callback that runs it
/// and sets the exit code. `options` lives as long as the verb.
void add_scan_options(command::Verb& verb, const std::shared_ptr<ScanOptions>& options,
                      Context& context);

}  // namespace huxin::agent::cli
