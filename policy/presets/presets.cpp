#include "policy/presets/presets.hpp"

namespace huxin::embedded {
extern const std::string_view preset_branch;
extern const std::string_view preset_audit;
extern const std::string_view preset_clauses;
}  // namespace huxin::embedded

namespace huxin::presets {

std::string_view branch() { return embedded::preset_branch; }
std::string_view audit() { return embedded::preset_audit; }
std::string_view clauses() { return embedded::preset_clauses; }

}  // namespace huxin::presets
