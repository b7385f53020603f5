#include "agent/in_flight.hpp"

#include <algorithm>

namespace huxin::agent {

InFlight::Claim InFlight::claim(const FileVersion& version) {
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(versions_, version) != versions_.end()) return nullptr;
  versions_.push_back(version);
  return {new FileVersion(version), [this](const FileVersion* claimed) {
            release(*claimed);
            delete claimed;
          }};
}

void InFlight::release(const FileVersion& version) {
  const std::lock_guard lock(mutex_);
  std::erase(versions_, version);
}

}  // namespace huxin::agent
