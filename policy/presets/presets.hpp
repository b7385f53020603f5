#pragma once
#include <string_view>

/// The files shipped in this folder, compiled into the program.
namespace huxin::presets {

/// YAML, each under 1 MiB; they live as long as the program. A test loads each without a warning.
std::string_view branch();   ///< branch.yaml: a bank branch, enforced
std::string_view audit();    ///< audit.yaml: the same eyes, nothing enforced, for the first weeks
std::string_view clauses();  ///< clauses.yaml: what the rules refer to

}  // namespace huxin::presets
