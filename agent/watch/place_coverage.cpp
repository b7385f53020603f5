#include "agent/watch/place_coverage.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "agent/watch/path_filter.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::watch {
namespace {

constexpr std::size_t kRoom = 400;

/// Joins names until the room is used; says how many were left out.
std::string names_of(std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!text.empty() && text.size() + names[i].size() > kRoom)
      return fmt::format("{} and {} more", text, names.size() - i);
    if (!text.empty()) text += ", ";
    text += to_utf8(text::cut_utf8(names[i], kRoom));
  }
  return text;
}

}  // namespace

std::string describe_coverage(std::string_view adjective, std::size_t configured,
                              std::span<const BlindPlace> blind) {
  if (blind.empty()) return "ok";
  std::vector<std::string> missing, failed;
  for (const BlindPlace& place : blind) {
    if (place.reason.empty())
      missing.push_back(place.path);
    else
      failed.push_back(fmt::format("{} ({})", place.path, place.reason));
  }
  std::string text = "degraded: ";
  if (!missing.empty())
    text += fmt::format("{} of {} {} paths missing: {}", missing.size(), configured, adjective,
                        names_of(missing));
  if (!failed.empty()) {
    text += missing.empty() ? fmt::format("{} of {} {} paths not {}: ", failed.size(), configured,
                                          adjective, adjective)
                            : fmt::format("; {} not {}: ", failed.size(), adjective);
    text += names_of(failed);
  }
  return text;
}

}  // namespace huxin::watch
