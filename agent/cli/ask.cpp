#include "agent/cli/ask.hpp"

#include <boost/json.hpp>

#include "agent/state.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::agent::cli {

Result<control::Client> connect(const Context& context) {
  State state;
  state.root = context.state;
  return control::Client::connect(state.control());
}

std::string text_of(const boost::json::object& object, std::string_view name) {
  const boost::json::value* const value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::uint64_t number_of(const boost::json::object& object, std::string_view name) {
  const boost::json::value* const value = object.if_contains(name);
  if (!value) return 0;
  if (value->is_uint64()) return value->get_uint64();
  return value->is_int64() && value->get_int64() > 0
             ? static_cast<std::uint64_t>(value->get_int64())
             : 0;
}

std::string path_hex(const std::string& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error).lexically_normal();
  return to_hex(as_bytes(absolute.native()));
}

}  // namespace huxin::agent::cli
