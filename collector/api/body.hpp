#pragma once
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "collector/http/message.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::api {

/// The JSON object of a request, read member by member. Every member must be taken by name with a
/// limit; finish() then refuses what is left over. Faults are kept, the first one is told, so that
/// a handler reads all it wants and asks once:
///
///   Body body(call.request);
///   const std::string reason = body.text("reason", 1, 500);
///   if (const auto fault = body.fault()) return *fault;
/// All of it is hostile. Text is UTF-8, which the parser checks; lengths are bytes. Members that
/// stand twice: the last counts. Faults answer 400 `bad_json` with the member's name, 415 for
/// another Content-Type than application/json.
class Body {
 public:
  /// At most 16 levels deep.
  explicit Body(const http::Request& request);

  /// Text of `least` to `most` bytes, without control characters other than line breaks. After a
  /// fault: empty, so that a handler can read on.
  std::string text(std::string_view name, std::size_t least, std::size_t most);
  /// The same; empty when absent or null.
  std::string optional_text(std::string_view name, std::size_t most);
  /// A whole number within [least, most]. No fraction, no exponent. After a fault: `least`.
  std::int64_t number(std::string_view name, std::int64_t least, std::int64_t most);
  /// Must be there: absent is a fault, and false.
  bool flag(std::string_view name);
  /// RFC 3339, or null or absent for none.
  std::optional<Time> optional_time(std::string_view name);
  /// Any value, for the handler to look into; null when absent. Nothing is checked but the depth;
  /// an unknown type inside is the handler's to refuse.
  boost::json::value value(std::string_view name);

  /// The answer to give when something was wrong, or when a member is left that nobody took. Call
  /// it once, when everything was taken.
  std::optional<http::Response> fault();

 private:
  /// Takes a member out; null when absent.
  boost::json::value take(std::string_view name);
  void refuse(std::string_view code, std::string_view detail);

  boost::json::object left_;
  std::string code_, detail_;
};

}  // namespace huxin::api
