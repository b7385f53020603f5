#include "collector/store/audience.hpp"

namespace huxin::store {

std::string seen_by(Audience audience, std::string_view alias) {
  if (!audience.general && !audience.confidential) return "0";
  if (audience.general && audience.confidential) return "1";
  return fmt::format("{}.confidential = {}", alias, audience.confidential ? 1 : 0);
}

}  // namespace huxin::store
