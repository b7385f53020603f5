#include "agent/control/client.hpp"

#include <sys/socket.h>

#include <array>

#include <boost/json.hpp>

#include "agent/control/address.hpp"

namespace huxin::control {
namespace json = boost::json;

Result<Client> Client::connect(const std::filesystem::path& socket) {
  const auto address = address_of(socket);
  if (!address) return std::unexpected(address.error());
  Fd connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!connection) return fail_errno("socket");
  const auto* const name = reinterpret_cast<const sockaddr*>(&address->name);
  if (::connect(connection.get(), name, sizeof address->name) != 0) {
    if (errno == ENOENT || errno == ECONNREFUSED) {
      return fail(Errc::kUnavailable, "no agent is running on {}", socket.parent_path().native());
    }
    return fail_errno("connect to " + socket.native());
  }
  return Client(std::move(connection));
}

void Client::end() const noexcept { ::shutdown(socket_.get(), SHUT_WR); }

Result<std::string> Client::read_line() {
  for (;;) {
    if (const std::size_t end = read_.find('\n'); end != std::string::npos) {
      std::string line = read_.substr(0, end);
      read_.erase(0, end + 1);
      return line;
    }
    if (read_.size() > kLongestAnswer) return fail(Errc::kProtocol, "an endless line");
    std::array<char, 16384> buffer{};
    const ssize_t got = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail(Errc::kUnavailable, "the agent ended before its answer did");
    read_.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

Result<json::value> Client::call(std::string_view command, json::object arguments,
                                 const std::function<void(const json::object&)>& line) {
  arguments["command"] = std::string(command);
  std::string request = json::serialize(arguments);
  request.push_back('\n');
  for (std::string_view left = request; !left.empty();) {
    const ssize_t sent = ::send(socket_.get(), left.data(), left.size(), MSG_NOSIGNAL);
    if (sent <= 0 && errno == EINTR) continue;
    if (sent <= 0) break;  // sent away unheard: what it said first is still to be read
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  for (;;) {
    const auto text = read_line();
    if (!text) return std::unexpected(text.error());
    boost::system::error_code broken;
    const json::value value = json::parse(*text, broken);
    if (broken || !value.is_object()) return fail(Errc::kProtocol, "the agent's answer is no JSON");
    const json::object& object = value.get_object();
    if (const auto failure = failure_in(object)) return std::unexpected(*failure);
    if (const json::value* const done = object.if_contains("done")) return *done;
    line(object);
  }
}

}  // namespace huxin::control
