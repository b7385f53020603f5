#include "agent/uplink/resolve.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <sys/eventfd.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "policy/base/file.hpp"

namespace huxin::uplink {
namespace {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

/// Between the coroutine that waits and the thread that asks, which knows nothing of the
/// coroutine's executor: that may be gone long before there is an answer.
struct Lookup {
  Fd answered{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::mutex mutex;
  std::optional<Result<Endpoints>> answer;
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

void deliver(Lookup& lookup, Result<Endpoints> answer) {
  {
    const std::scoped_lock lock(lookup.mutex);
    lookup.answer = std::move(answer);
  }
  ::eventfd_write(lookup.answered.get(), 1);
}

}  // namespace

asio::awaitable<Result<Endpoints>> resolve(std::string host, std::uint16_t port,
                                           std::chrono::milliseconds deadline) {
  boost::system::error_code not_an_address;
  const auto address = asio::ip::make_address(host, not_an_address);
  if (!not_an_address) co_return Endpoints{{address, port}};

  const auto executor = co_await asio::this_coro::executor;
  const auto lookup = std::make_shared<Lookup>();
  Fd own(::fcntl(lookup->answered.get(), F_DUPFD_CLOEXEC, 0));  // the thread may outlive this one
  if (!own) co_return fail_errno("resolve");
  asio::posix::stream_descriptor answered(executor, own.release());
  asio::steady_timer late(executor, deadline);
  std::thread([lookup, host, port] { deliver(*lookup, ask(host, port)); }).detach();
  constexpr auto kUse = asio::as_tuple(asio::use_awaitable);
  co_await (answered.async_wait(asio::posix::descriptor_base::wait_read, kUse) ||
            late.async_wait(kUse));
  const std::scoped_lock lock(lookup->mutex);
  if (!lookup->answer)
    co_return fail(Errc::kTimeout, "resolve {}: no answer in {} ms", host, deadline.count());
  co_return std::move(*lookup->answer);
}

}  // namespace huxin::uplink
