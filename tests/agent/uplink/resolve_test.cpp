#include "agent/uplink/resolve.hpp"

#include <filesystem>

#include <catch2/catch_test_macros.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace huxin::uplink {
namespace {

namespace asio = boost::asio;

Result<Endpoints> resolve_now(std::string host) {
  asio::io_context context(1);
  Result<Endpoints> found;
  asio::co_spawn(
      context, resolve(std::move(host), 8443, std::chrono::seconds(20)),
      [&found](const std::exception_ptr&, Result<Endpoints> got) { found = std::move(got); });
  context.run();
  return found;
}

}  // namespace

TEST_CASE("addresses stand for themselves, names are looked up") {
  for (const char* host : {"127.0.0.1", "::1", "localhost"}) {
    INFO(host);
    const Result<Endpoints> found = resolve_now(host);
    // A root made by debootstrap has no hosts file, and then nobody knows the name.
    if (!found && std::string_view(host) == "localhost" && !std::filesystem::exists("/etc/hosts")) {
      SKIP("this machine has no /etc/hosts");
    }
    REQUIRE(found);
    REQUIRE_FALSE(found->empty());
    CHECK(found->front().port() == 8443);
    CHECK(found->front().address().is_loopback());
  }
}

TEST_CASE("what nobody knows is unavailable") {
  const Result<Endpoints> found = resolve_now(std::string(64, 'a'));  // no label is that long
  REQUIRE_FALSE(found);
  CHECK(found.error().code == Errc::kUnavailable);
}

TEST_CASE("a look-up nobody waits for any more does no harm") {
  for (int i = 0; i < 50; ++i) {
    asio::io_context context(1);
    asio::co_spawn(context, resolve("localhost", 1, std::chrono::seconds(20)), asio::detached);
    context.poll();
  }
}

}  // namespace huxin::uplink
