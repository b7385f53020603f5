#include "agent/discover/schedule.hpp"

#include <algorithm>

namespace huxin::discover {

std::optional<Time> newest_due(const rule::DiscoverSettings& settings, Time now,
                               std::chrono::minutes local_offset) {
  if (!settings.at) return std::nullopt;
  const Time local = now + local_offset;
  const auto today = std::chrono::floor<std::chrono::days>(local);
  for (int back = 0; back <= 7; ++back) {
    const auto day = today - std::chrono::days(back);
    const Time moment = Time(day) + *settings.at;
    const bool wanted =
        settings.days.empty() ||
        std::ranges::find(settings.days, std::chrono::weekday(day)) != settings.days.end();
    if (wanted && moment <= local) return moment - local_offset;
  }
  return std::nullopt;
}

bool is_due(const rule::DiscoverSettings& settings, Time now, std::optional<Time> last,
            std::chrono::minutes local_offset) {
  const auto due = newest_due(settings, now, local_offset);
  return due && (!last || *last < *due);
}

}  // namespace huxin::discover
