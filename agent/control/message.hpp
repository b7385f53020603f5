#pragma once
#include <boost/json/object.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"

/// The control socket's language: a request is one line, a JSON object with "command"; the answer
/// is any number of lines, each a JSON object, and ends with one that holds "done" or "error".
namespace huxin::control {

/// Lines are UTF-8 and end in a line feed; paths are hexadecimal, since they need not be UTF-8.
inline constexpr std::size_t kLongestRequest = std::size_t{64} << 10U;
inline constexpr std::size_t kLongestAnswer = std::size_t{1} << 20U;  ///< one line of it

struct Request {
  std::string command;
  boost::json::object arguments;  ///< without "command"
};

/// Reads a request, without its line break. kTooLarge over kLongestRequest, kInvalid for anything
/// but an object, at most 8 levels deep, whose "command" is 1 to 64 of [a-z_].
Result<Request> parse_request(std::string_view line);

/// The line that ends an answer with a failure. {"error": {"code": …, "message": …}}: the code's
/// word and the context.
boost::json::object describe(const Error& error);
/// The failure in a line that describes one; none: the line is no failure. A code it does not know
/// is read as kInternal.
std::optional<Error> failure_in(const boost::json::object& line);

/// Reads a request's arguments, each with its limit. The first fault is kept and told by status(),
/// so that a handler reads all it wants and asks once. Unknown arguments are refused by nobody: an
/// older agent does not hear of newer ones.
class Arguments {
 public:
  explicit Arguments(const Request& request) : given_(request.arguments) {}

  bool flag(std::string_view name);                           ///< absent: false
  std::string text(std::string_view name, std::size_t most);  ///< absent: empty
  /// A path as hexadecimal: absolute, without a zero byte, at most 4,096 bytes. Absent: empty.
  std::filesystem::path path(std::string_view name);
  /// A list of such paths, at most `most`; absent: empty.
  std::vector<std::filesystem::path> paths(std::string_view name, std::size_t most);
  /// kInvalid names the first argument at fault and says what it may be.
  const Status& status() const { return status_; }

 private:
  void refuse(std::string_view name, std::string_view wanted);

  const boost::json::object& given_;
  Status status_;
};

}  // namespace huxin::control
