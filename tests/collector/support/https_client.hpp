#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "certs/certificate.hpp"

namespace huxin::test {

struct Reply {
  int status = 0;  ///< 0: no answer
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  std::string header(std::string_view name) const;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A blocking HTTPS client on loopback, over one connection. Throws std::runtime_error when TLS or
/// the connection fails.
class HttpsClient {
 public:
  HttpsClient(std::uint16_t port, ByteView root, const certs::Identity* identity = nullptr);
  ~HttpsClient();

  Reply send(const std::string& method, const std::string& target, const Headers& headers = {},
             const std::string& body = {});
  /// Writes bytes as they are and reads until the server closes or two seconds pass.
  std::string raw(const std::string& bytes);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace huxin::test
