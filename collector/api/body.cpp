#include "collector/api/body.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

#include "collector/api/error.hpp"
#include "collector/api/json.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kDeepest = 16;

bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20U && c != '\n' && c != '\t') || byte == 0x7FU;
  });
}

std::string_view view(const boost::json::string& text) { return {text.data(), text.size()}; }

}  // namespace

Body::Body(const http::Request& request) {
  const std::string_view type = request.header("content-type").value_or("");
  if (type.substr(0, type.find(';')) != "application/json") {
    refuse("unsupported_media_type", {});
    return;
  }
  boost::json::parse_options options;
  options.max_depth = kDeepest;
  boost::json::error_code malformed;
  boost::json::value value = boost::json::parse(json_text(request.body), malformed, {}, options);
  if (malformed || !value.is_object()) {
    refuse("bad_json", {});
    return;
  }
  left_ = std::move(value.get_object());
}

void Body::refuse(std::string_view code, std::string_view detail) {
  if (!code_.empty()) return;
  code_ = code;
  detail_ = detail;
}

boost::json::value Body::take(std::string_view name) {
  auto* const found = left_.find(json_text(name));
  if (found == left_.end()) return nullptr;
  boost::json::value value = std::move(found->value());
  left_.erase(found);
  return value;
}

std::string Body::text(std::string_view name, std::size_t least, std::size_t most) {
  const boost::json::value value = take(name);
  const auto* const given = value.if_string();
  if (given == nullptr || given->size() < least || given->size() > most ||
      !is_plain(view(*given))) {
    refuse("bad_json", name);
    return {};
  }
  return std::string(view(*given));
}

std::string Body::optional_text(std::string_view name, std::size_t most) {
  const auto* const found = left_.find(json_text(name));
  if (found == left_.end() || found->value().is_null()) {
    take(name);
    return {};
  }
  return text(name, 0, most);
}

std::int64_t Body::number(std::string_view name, std::int64_t least, std::int64_t most) {
  const boost::json::value value = take(name);
  const auto* const given = value.if_int64();
  if (given == nullptr || *given < least || *given > most) {
    refuse("bad_json", name);
    return least;
  }
  return *given;
}

bool Body::flag(std::string_view name) {
  const boost::json::value value = take(name);
  const auto* const given = value.if_bool();
  if (given == nullptr) refuse("bad_json", name);
  return given != nullptr && *given;
}

std::optional<Time> Body::optional_time(std::string_view name) {
  const boost::json::value value = take(name);
  if (value.is_null()) return std::nullopt;
  const auto* const given = value.if_string();
  const auto time = from_rfc3339(given == nullptr ? std::string_view{} : view(*given));
  if (time) return *time;
  refuse("bad_json", name);
  return std::nullopt;
}

boost::json::value Body::value(std::string_view name) { return take(name); }

std::optional<http::Response> Body::fault() {
  if (code_.empty() && !left_.empty()) {
    const auto key = left_.begin()->key();
    refuse("bad_json", std::string_view(key.data(), key.size()).substr(0, 40));
  }
  if (code_.empty()) return std::nullopt;
  return error(code_, detail_);
}

}  // namespace huxin::api
