#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huxin::http {

/// Who is at the other end of a connection, as TLS proved it. A client certificate was verified
/// against the bank's root by the handshake; that it still stands is the handler's to ask.
struct Peer {
  std::string address;             ///< without the port
  std::string common_name;         ///< of the client certificate; empty: none was shown
  std::string certificate_sha256;  ///< hex; empty: none was shown
};

/// One request, read whole within the server's limits. All of it is hostile. Bodies are not
/// decoded: no Content-Encoding and no charset is looked at.
struct Request {
  std::string method;  ///< "GET"
  std::string path;    ///< the target up to '?', as sent (still percent-encoded)
  /// Without the '?'; empty when there is none.
  std::string query;  ///< the target after '?'
  /// In the order they came, repetitions included; values as sent.
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  Peer peer;

  /// The value of a header (lower-case name) that occurs once; nullopt when absent or repeated.
  std::optional<std::string_view> header(std::string_view name) const;
};

/// Date, Content-Length and Connection are the server's to add; the rest is here. Header values
/// must not hold line ends. Bodies of 204 and 304 and for HEAD are not sent.
struct Response {
  unsigned status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// In place of `body`, where many connections are sent the same: not copied.
  std::shared_ptr<const std::string> shared_body = {};

  /// What is sent.
  const std::string& content() const { return shared_body ? *shared_body : body; }
  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

/// Answers a request. Called on the server's thread pool, many at once; may block; an exception
/// becomes a 500 that tells nothing.
using Handler = std::function<Response(const Request&)>;

/// Renders an error in the form the server's clients expect. `code` is stable, `message` English.
using ErrorRenderer =
    std::function<Response(unsigned status, std::string_view code, std::string_view message)>;

}  // namespace huxin::http
