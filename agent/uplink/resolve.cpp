#include "agent/uplink/resolve.hpp"

#include <netdb.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace huxin::uplink {
namespace {

namespace asio = boost::asio;

/// Between the coroutine that waits and the thread that asks. `done` is the waiter's, and null once
/// it has gone.
struct Lookup {
  std::mutex mutex;
  std::optional<Result<Endpoints>> answer;
  asio::steady_timer* done = nullptr;
};

/// Tells the thread that nobody waits any more; runs too when the coroutine is destroyed midway.
class Waiting {
 public:
  Waiting(std::shared_ptr<Lookup> lookup, asio::steady_timer& done) : lookup_(std::move(lookup)) {
    lookup_->done = &done;
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() {
    const std::scoped_lock lock(lookup_->mutex);
    lookup_->done = nullptr;
  }

 private:
  std::shared_ptr<Lookup> lookup_;
};

Result<Endpoints> ask(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failed = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (failed != 0) return fail(Errc::kUnavailable, "resolve {}: {}", host, ::gai_strerror(failed));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
  Endpoints endpoints;
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    asio::ip::tcp::endpoint endpoint;
    if (at->ai_addrlen > endpoint.capacity()) continue;
    std::memcpy(endpoint.data(), at->ai_addr, at->ai_addrlen);
    endpoint.resize(at->ai_addrlen);
    endpoints.push_back(endpoint);
  }
  return endpoints;
}

/// Wakes the waiter, if there still is one: only then does its executor exist.
void deliver(const std::shared_ptr<Lookup>& lookup, Result<Endpoints> answer) {
  const std::scoped_lock lock(lookup->mutex);
  if (lookup->done == nullptr) return;
  lookup->answer = std::move(answer);
  asio::post(lookup->done->get_executor(), [lookup] {
    const std::scoped_lock again(lookup->mutex);
    if (lookup->done != nullptr) lookup->done->cancel();
  });
}

}  // namespace

asio::awaitable<Result<Endpoints>> resolve(std::string host, std::uint16_t port,
                                           std::chrono::milliseconds deadline) {
  boost::system::error_code not_an_address;
  const auto address = asio::ip::make_address(host, not_an_address);
  if (!not_an_address) co_return Endpoints{{address, port}};

  asio::steady_timer done(co_await asio::this_coro::executor, deadline);
  const auto lookup = std::make_shared<Lookup>();
  const Waiting waiting(lookup, done);
  std::thread([lookup, host, port] { deliver(lookup, ask(host, port)); }).detach();
  co_await done.async_wait(asio::as_tuple(asio::use_awaitable));
  const std::scoped_lock lock(lookup->mutex);
  if (!lookup->answer)
    co_return fail(Errc::kTimeout, "resolve {}: no answer in {} ms", host, deadline.count());
  co_return std::move(*lookup->answer);
}

}  // namespace huxin::uplink
