#include "tests/agent/watch/network/remote_host.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "agent/watch/network/program.hpp"

namespace huxin::test {
namespace {

void run(const std::string& line) {
  const auto ran = watch::run_program({"sh", "-c", line}, {});
  INFO(line << ": " << (ran ? ran->output : ran.error().context));
  REQUIRE((ran && ran->status == 0));
}

int listen_on(std::uint16_t port) {
  const int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return -1;
  ::listen(fd, 64);
  return fd;
}

}  // namespace

/// One client, with or without TLS.
struct RemoteHost::Connection {
  int fd = -1;
  SSL* tls = nullptr;
  std::string buffer;  ///< said and not yet used

  bool read_more(RemoteHost& host) {
    std::array<char, 65536> space{};
    const auto got = tls != nullptr ? SSL_read(tls, space.data(), static_cast<int>(space.size()))
                                    : ::recv(fd, space.data(), space.size(), 0);
    if (got <= 0) return false;
    const std::lock_guard lock(host.mutex_);
    host.log_.append(space.data(), static_cast<std::size_t>(got));
    buffer.append(space.data(), static_cast<std::size_t>(got));
    return true;
  }
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = tls != nullptr
                            ? SSL_write(tls, bytes.data(), static_cast<int>(bytes.size()))
                            : ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// Takes bytes up to and with `mark`; empty: the client went.
  std::string take_to(RemoteHost& host, std::string_view mark) {
    while (!buffer.contains(mark)) {
      if (!read_more(host)) return {};
    }
    const std::string taken = buffer.substr(0, buffer.find(mark) + mark.size());
    buffer.erase(0, taken.size());
    return taken;
  }
  std::string take(RemoteHost& host, std::size_t count) {
    while (buffer.size() < count && read_more(host)) {
    }
    std::string taken = buffer.substr(0, count);
    buffer.erase(0, taken.size());
    return taken;
  }
};

RemoteHost::RemoteHost(const std::map<std::uint16_t, Service>& services)
    : host_([this, services] { live(services); }) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return thread_id_ != 0; });
  const std::string there = "nsenter --net=/proc/" + std::to_string(::getpid()) + "/task/" +
                            std::to_string(thread_id_) + "/ns/net ";
  run("ip link add hxhere type veth peer name hxthere netns " + std::to_string(thread_id_));
  run("ip addr add 10.99.0.1/24 dev hxhere && ip addr add fd99::1/64 dev hxhere nodad && ip link "
      "set hxhere up");
  run(there +
      "sh -c 'ip link set lo up && ip addr add 10.99.0.2/24 dev hxthere && "
      "ip addr add fd99::2/64 dev hxthere nodad && ip link set hxthere up'");
  joined_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return serving_; });
}

RemoteHost::~RemoteHost() {
  stopping_ = true;
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : listeners_) ::shutdown(fd, SHUT_RDWR);
    for (const int fd : sockets_) ::shutdown(fd, SHUT_RDWR);
  }
  host_.join();
  static_cast<void>(watch::run_program({"ip", "link", "del", "hxhere"}, {}));
}

std::string RemoteHost::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

void RemoteHost::live(const std::map<std::uint16_t, Service>& services) {
  if (::unshare(CLONE_NEWNET) != 0) std::abort();
  sigset_t broken_pipe;  // OpenSSL writes without MSG_NOSIGNAL
  ::sigemptyset(&broken_pipe);
  ::sigaddset(&broken_pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  std::vector<std::thread> acceptors;
  std::unique_lock lock(mutex_);
  thread_id_ = ::gettid();
  changed_.notify_all();
  changed_.wait(lock, [this] { return joined_; });
  for (const auto& [port, service] : services) {
    listeners_.push_back(listen_on(port));
    acceptors.emplace_back([this, fd = listeners_.back(), &service] { accept_on(fd, service); });
  }
  serving_ = true;
  changed_.notify_all();
  lock.unlock();
  for (std::thread& acceptor : acceptors) acceptor.join();
  for (std::thread& thread : threads_) thread.join();
  for (const int fd : listeners_) ::close(fd);
}

void RemoteHost::accept_on(int listener, const Service& service) {
  for (;;) {
    const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0 || stopping_) {
      if (fd >= 0) ::close(fd);
      return;
    }
    const std::lock_guard lock(mutex_);
    sockets_.push_back(fd);
    threads_.emplace_back([this, fd, &service] {
      Connection connection{.fd = fd};
      converse(connection, service);
      if (connection.tls != nullptr) SSL_free(connection.tls);
      const std::lock_guard closing(mutex_);
      std::erase(sockets_, fd);
      ::close(fd);
    });
  }
}

void RemoteHost::converse(Connection& connection, const Service& service) {
  if (service.authority != nullptr) {
    const Key key = make_key();
    const Certificate leaf = service.authority->issue("upload.test", key.get());
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(context, leaf.get());
    SSL_CTX_use_PrivateKey(context, key.get());
    if (service.wants_client_certificate) {
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    }
    if (service.needs_client_certificate) {
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    if (service.tls12) SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    connection.tls = SSL_new(context);
    SSL_CTX_free(context);
    SSL_set_fd(connection.tls, connection.fd);
    if (SSL_accept(connection.tls) != 1) return;
  }
  if (service.speaks_first) {
    connection.send("220 ready\r\n");
    while (connection.read_more(*this)) connection.send(std::exchange(connection.buffer, {}));
    return;
  }
  ++conversations_;
  while (answer(connection)) {
  }
  if (connection.tls != nullptr) SSL_shutdown(connection.tls);
}

/// Answers one request; false: the connection is to end.
bool RemoteHost::answer(Connection& connection) {
  const std::string head = connection.take_to(*this, "\r\n\r\n");
  if (head.empty()) return false;
  std::string body;
  if (const auto length = head.find("Content-Length: "); length != std::string::npos) {
    body = connection.take(*this, std::stoul(head.substr(length + 16)));
  } else if (head.contains("Transfer-Encoding: chunked")) {
    for (;;) {
      const std::size_t size = std::stoul(connection.take_to(*this, "\r\n"), nullptr, 16);
      const std::string chunk = connection.take(*this, size + 2);
      if (size == 0) break;
      body += chunk.substr(0, size);
    }
  }
  const std::string path =
      head.substr(head.find(' ') + 1, head.find(' ', head.find(' ') + 1) - head.find(' ') - 1);
  if (path.starts_with("/large")) body = large_body();
  if (path == "/chunked") {
    connection.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
    return true;
  }
  if (path == "/close") {
    connection.send("HTTP/1.0 200 Fine\r\nX-Odd:  spaced\r\n\r\nuntil the end");
    return false;
  }
  if (path == "/ws") {
    connection.send(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    while (connection.read_more(*this)) connection.send(std::exchange(connection.buffer, {}));
    return false;
  }
  connection.send("HTTP/1.1 200 OK\r\nX-Server: remote\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n");
  if (!head.starts_with("HEAD")) connection.send(body);
  return path != "/bye";
}

}  // namespace huxin::test
