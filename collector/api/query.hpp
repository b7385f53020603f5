#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "collector/http/message.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::api {

/// The query string of a request, read parameter by parameter, as Body reads a body: every
/// parameter is taken by name with a limit, an empty one is as good as none, and fault() refuses
/// what nobody took, what came twice and what was wrong.
///
///   Query query(call.request);
///   filter.text = query.text("text");
///   if (auto fault = query.fault()) return std::move(*fault);
/// All of it is hostile; names and values are percent-decoded once and hold no control characters.
/// Faults answer 400 `bad_parameter`, the first one.
class Query {
 public:
  /// At most 32 parameters, each once, with values of at most 200 bytes.
  explicit Query(const http::Request& request);

  /// Empty when absent.
  std::string text(std::string_view name);
  /// A whole number within [least, most]; `otherwise` when absent.
  std::uint64_t number(std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                       std::uint64_t most);
  /// "true" or "false"; absent: false.
  bool flag(std::string_view name);
  /// RFC 3339 in UTC; nullopt when absent or wrong.
  std::optional<Time> time(std::string_view name);
  /// What `read(text) -> Result<T>` makes of it; nullopt when absent.
  template <class Read>
  auto value(std::string_view name, Read read) {
    using Value = typename decltype(read(std::string_view{}))::value_type;
    const std::string given = text(name);
    if (given.empty()) return std::optional<Value>{};
    auto made = read(std::string_view(given));
    if (!made) refuse(name, made.error().context);
    return made ? std::optional<Value>(std::move(*made)) : std::optional<Value>{};
  }

  /// Call it once, when every parameter was taken; nullopt: nothing was wrong.
  std::optional<http::Response> fault();

 private:
  void add(std::string_view pair);
  void refuse(std::string_view name, std::string_view why);

  std::map<std::string, std::string, std::less<>> left_;
  std::string fault_;
};

}  // namespace huxin::api
