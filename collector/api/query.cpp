#include "collector/api/query.hpp"

#include <charconv>

#include "collector/api/error.hpp"
#include "collector/api/filter.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kMostParameters = 32;
constexpr std::size_t kLongestValue = 200;
constexpr std::size_t kShownName = 40;

}  // namespace

Query::Query(const http::Request& request) {
  std::string_view rest = request.query;
  while (!rest.empty() && fault_.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    if (!pair.empty()) add(pair);
  }
}

void Query::add(std::string_view pair) {
  const std::size_t equals = std::min(pair.find('='), pair.size());
  const Result<std::string> name = percent_decode(pair.substr(0, equals), true);
  const Result<std::string> value =
      percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
  if (!name || !value) {
    refuse("query", (name ? value : name).error().context);
  } else if (left_.size() == kMostParameters) {
    refuse("query", "too many parameters");
  } else if (value->size() > kLongestValue) {
    refuse(*name, "too long");
  } else if (!left_.emplace(*name, *value).second) {
    refuse(*name, "given twice");
  }
}

std::string Query::text(std::string_view name) {
  const auto found = left_.find(name);
  if (found == left_.end()) return {};
  std::string value = std::move(found->second);
  left_.erase(found);
  return value;
}

std::uint64_t Query::number(std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                            std::uint64_t most) {
  const std::string given = text(name);
  if (given.empty()) return otherwise;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
  if (error != std::errc{} || end != given.data() + given.size() || number < least ||
      number > most) {
    refuse(name, fmt::format("a number from {} to {} is needed", least, most));
  }
  return number;
}

bool Query::flag(std::string_view name) {
  const std::string given = text(name);
  if (!given.empty() && given != "true" && given != "false")
    refuse(name, "true or false is needed");
  return given == "true";
}

std::optional<Time> Query::time(std::string_view name) {
  return value(name, [](std::string_view text) -> Result<Time> {
    const Result<Time> time = from_rfc3339(text);
    if (!time) return fail(Errc::kInvalid, "a time like 2026-03-01T08:30:00Z is needed");
    return *time;
  });
}

void Query::refuse(std::string_view name, std::string_view why) {
  if (fault_.empty()) fault_ = fmt::format("{}: {}", name.substr(0, kShownName), why);
}

std::optional<http::Response> Query::fault() {
  if (!left_.empty()) refuse(left_.begin()->first, "there is no such parameter");
  if (fault_.empty()) return std::nullopt;
  return error("bad_parameter", fault_);
}

}  // namespace huxin::api
