#include "agent/watch/bursts.hpp"

#include <algorithm>

namespace huxin::watch {

bool Bursts::add(PendingFile&& file, Moment now) {
  const auto known = waiting_.find(file.path);
  if (known == waiting_.end()) {
    std::string path = file.path;
    waiting_.emplace(std::move(path), Waiting{.file = std::move(file), .first = now, .last = now});
    return false;
  }
  PendingFile& held = known->second.file;
  if (!held.actor.uid) held.actor = std::move(file.actor);
  held.folder = std::move(file.folder);
  held.operation = std::move(file.operation);
  known->second.last = now;
  return true;
}

std::optional<PendingFile> Bursts::take_due(Moment now) {
  const auto next = std::ranges::min_element(
      waiting_, {}, [this](const auto& entry) { return due(entry.second); });
  if (next == waiting_.end() || (due(next->second) > now && waiting_.size() <= kLimit))
    return std::nullopt;
  std::optional<PendingFile> file(std::move(next->second.file));
  waiting_.erase(next);
  return file;
}

std::optional<Bursts::Moment> Bursts::next_due() const {
  std::optional<Moment> next;
  for (const auto& [path, waiting] : waiting_) {
    if (!next || due(waiting) < *next) next = due(waiting);
  }
  return next;
}

}  // namespace huxin::watch
