#pragma once
#include <filesystem>
#include <functional>

#include "agent/control/message.hpp"
#include "policy/base/file.hpp"

namespace huxin::control {

/// Speaks to the agent that runs on a state folder. One call a connection. One thread, but for
/// end(). Waits for as long as the agent works.
class Client {
 public:
  /// kUnavailable when no agent listens there, kDenied for whoever may not.
  static Result<Client> connect(const std::filesystem::path& socket);

  /// Sends a command and hands over each line of the answer but the last; returns the value of its
  /// "done", or the failure it tells. The agent's failure keeps its code. kProtocol: a line that is
  /// no object or over kLongestAnswer; kUnavailable: the agent went away in the middle.
  Result<boost::json::value> call(std::string_view command, boost::json::object arguments,
                                  const std::function<void(const boost::json::object&)>& line);
  /// Tells the agent to end what it does for this client; its answer then comes. May be called from
  /// a signal handler.
  void end() const noexcept;

 private:
  explicit Client(Fd socket) : socket_(std::move(socket)) {}
  Result<std::string> read_line();

  Fd socket_;
  std::string read_;
};

}  // namespace huxin::control
