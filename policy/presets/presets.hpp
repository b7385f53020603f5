#pragma once
#include <string_view>

/// The files shipped in this folder, compiled into the program.
namespace huxin::presets {

std::string_view branch();   ///< branch.yaml: a bank branch, enforced
std::string_view audit();    ///< audit.yaml: the same eyes, nothing enforced, for the first weeks
std::string_view clauses();  ///< clauses.yaml: what the rules refer to

}  // namespace huxin::presets
