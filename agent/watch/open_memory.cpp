#include "agent/watch/open_memory.hpp"

#include <ctime>

namespace huxin::watch {
namespace {

/// Is the file still as it was asked about, and older than its clock's grain?
bool unchanged(const OpenTicket& ticket) {
  struct stat info{};
  if (::fstat(ticket.file(), &info) != 0 || version_of(info) != ticket.version) return false;
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return has_settled(ticket.version, now.tv_sec * 1'000'000'000 + now.tv_nsec);
}

DecisionCache::Key key_of(const OpenTicket& ticket) {
  return {.version = ticket.version,
          .uid = ticket.actor.uid.value_or(0),
          .process = ticket.actor.process};
}

}  // namespace

std::optional<bool> OpenMemory::recall(const OpenTicket& ticket) {
  if (!ticket.actor.uid) return std::nullopt;
  const std::lock_guard lock(mutex_);
  return cache_.find(key_of(ticket), DecisionCache::Moment::clock::now());
}

bool OpenMemory::keep(const OpenTicket& ticket, bool allow, bool clean_for_everyone) {
  const std::lock_guard lock(mutex_);
  if (ticket.generation != generation_.load() || !ticket.actor.uid || !unchanged(ticket))
    return false;
  cache_.put(key_of(ticket), allow, DecisionCache::Moment::clock::now());
  return allow && clean_for_everyone && &ticket.group() == mounts_.get() && hand_over(ticket);
}

bool OpenMemory::hand_over(const OpenTicket& ticket) {
  if (!mounts_->ignore(ticket.file())) return false;
  // A write between the look above and the mark left the mark standing; a later one takes it away.
  if (unchanged(ticket)) return true;
  mounts_->heed(ticket.file());
  return false;
}

void OpenMemory::forget() {
  const std::lock_guard lock(mutex_);
  ++generation_;
  cache_.clear();
  mounts_->flush_files();
}

}  // namespace huxin::watch
