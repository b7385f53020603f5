#include "agent/control/message.hpp"

#include <algorithm>
#include <optional>

#include <boost/json.hpp>

#include "policy/base/bytes.hpp"

namespace huxin::control {
namespace {

namespace json = boost::json;

constexpr std::size_t kDeepest = 8;
constexpr std::size_t kLongestCommand = 64;
constexpr std::size_t kLongestPath = 4096;

constexpr std::string_view kAPath = "an absolute path of at most 4,096 bytes, in hexadecimal,";

std::optional<std::filesystem::path> path_from(std::string_view hex) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->empty() || bytes->size() > kLongestPath || bytes->front() != '/' ||
      std::ranges::find(*bytes, std::uint8_t{0}) != bytes->end()) {
    return std::nullopt;
  }
  return std::filesystem::path(std::string(as_text(*bytes)));
}

bool is_command(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCommand &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

Errc code_from(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Errc::kInternal); ++i) {
    if (to_string(static_cast<Errc>(i)) == name) return static_cast<Errc>(i);
  }
  return Errc::kInternal;
}

}  // namespace

Result<Request> parse_request(std::string_view line) {
  if (line.size() > kLongestRequest)
    return fail(Errc::kTooLarge, "a request of over {} bytes", kLongestRequest);
  json::parse_options options;
  options.max_depth = kDeepest;
  boost::system::error_code broken;
  json::value value = json::parse(json::string_view(line.data(), line.size()), broken, {}, options);
  if (broken || !value.is_object()) return fail(Errc::kInvalid, "a request is one JSON object");
  json::object& object = value.get_object();
  const json::value* const command = object.if_contains("command");
  if (!command || !command->is_string() || !is_command(std::string_view(command->get_string())))
    return fail(Errc::kInvalid, "a request names its command");
  Request request{.command = std::string(command->get_string()), .arguments = {}};
  object.erase("command");
  request.arguments = std::move(object);
  return request;
}

json::object describe(const Error& error) {
  return {{"error", {{"code", std::string(to_string(error.code))}, {"message", error.context}}}};
}

std::optional<Error> failure_in(const json::object& line) {
  const json::value* const error = line.if_contains("error");
  if (!error) return std::nullopt;
  if (!error->is_object()) return Error{Errc::kProtocol, "an error that says nothing"};
  const auto word = [&](std::string_view name) {
    const json::value* const value = error->get_object().if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  return Error{code_from(word("code")), word("message")};
}

void Arguments::refuse(std::string_view name, std::string_view wanted) {
  if (status_) status_ = fail(Errc::kInvalid, "{}: {} is wanted", name, wanted);
}

bool Arguments::flag(std::string_view name) {
  const json::value* const value = given_.if_contains(name);
  if (!value || value->is_null()) return false;
  if (value->is_bool()) return value->get_bool();
  refuse(name, "true or false");
  return false;
}

std::string Arguments::text(std::string_view name, std::size_t most) {
  const json::value* const value = given_.if_contains(name);
  if (!value || value->is_null()) return {};
  if (value->is_string() && value->get_string().size() <= most)
    return std::string(value->get_string());
  refuse(name, fmt::format("a text of at most {} bytes", most));
  return {};
}

std::filesystem::path Arguments::path(std::string_view name) {
  const std::string hex = text(name, 2 * kLongestPath);
  if (hex.empty()) return {};
  if (auto path = path_from(hex)) return *std::move(path);
  refuse(name, kAPath);
  return {};
}

std::vector<std::filesystem::path> Arguments::paths(std::string_view name, std::size_t most) {
  std::vector<std::filesystem::path> paths;
  const json::value* const value = given_.if_contains(name);
  if (!value || value->is_null()) return paths;
  if (!value->is_array() || value->get_array().size() > most) {
    refuse(name, fmt::format("a list of at most {}", most));
    return paths;
  }
  for (const json::value& each : value->get_array()) {
    auto path = each.is_string() ? path_from(std::string_view(each.get_string())) : std::nullopt;
    if (path) {
      paths.push_back(*std::move(path));
    } else {
      refuse(name, kAPath);
    }
  }
  return paths;
}

}  // namespace huxin::control
