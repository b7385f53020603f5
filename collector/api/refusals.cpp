#include "collector/api/refusals.hpp"

#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace huxin::api {
namespace {

bool over(Time begun, Time now) { return now >= begun + Refusals::kWindow || now < begun; }

}  // namespace

bool Refusals::first(const store::AuditAct& act, Time now) {
  const std::lock_guard lock(mutex_);
  Kind kind{act.who, act.what, act.result};
  if (kinds_.size() >= kMostKinds && !kinds_.contains(kind)) {
    kind = {"(other)", "(other)", act.result.substr(0, act.result.find(':'))};
  }
  const auto [found, fresh] = kinds_.try_emplace(std::move(kind));
  Count& count = found->second;
  if (fresh) {
    count.begun = count.last = now;
    return true;
  }
  ++count.repeats;
  count.last = now;
  count.origin = act.origin;
  count.target = act.target;
  return false;
}

void Refusals::spend(const std::string& who, Time now) {
  const std::lock_guard lock(mutex_);
  Spent& spent = spent_[who];
  if (over(spent.begun, now)) spent = {now, 0};
  ++spent.refused;
}

bool Refusals::exhausted(const std::string& who, Time now) {
  const std::lock_guard lock(mutex_);
  const auto spent = spent_.find(who);
  return spent != spent_.end() && !over(spent->second.begun, now) &&
         spent->second.refused >= kMostOfOne;
}

std::vector<store::AuditAct> Refusals::take(Time now, bool all) {
  const std::lock_guard lock(mutex_);
  std::vector<store::AuditAct> acts = std::exchange(unwritten_, {});
  std::erase_if(spent_, [&](const auto& spent) { return over(spent.second.begun, now); });
  for (auto at = kinds_.begin(); at != kinds_.end();) {
    auto& [kind, count] = *at;
    if (!all && !over(count.begun, now)) {
      ++at;
      continue;
    }
    if (count.repeats > 0) {
      acts.push_back({.who = std::get<0>(kind),
                      .origin = std::move(count.origin),
                      .what = std::get<1>(kind),
                      .target = std::move(count.target),
                      .result = std::get<2>(kind),
                      .detail = fmt::format("重复 repeated {} ×, {} – {}", count.repeats,
                                            to_rfc3339(count.begun), to_rfc3339(count.last))});
    }
    at = kinds_.erase(at);
  }
  return acts;
}

void Refusals::put_back(std::vector<store::AuditAct> acts) {
  const std::lock_guard lock(mutex_);
  std::ranges::move(acts, std::back_inserter(unwritten_));
}

}  // namespace huxin::api
