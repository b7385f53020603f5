#include "tests/agent/watch/network/guarded_network.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/agent/watch/network/own_network.hpp"

namespace huxin::test {
namespace {

std::string content_of(const Fd& body) {
  std::string content;
  std::array<char, 65536> space{};
  while (body) {
    const ssize_t got =
        ::pread(body.get(), space.data(), space.size(), static_cast<off_t>(content.size()));
    if (got <= 0) break;
    content.append(space.data(), static_cast<std::size_t>(got));
  }
  return content;
}

}  // namespace

GuardedNetwork::GuardedNetwork(const Change& change) {
  enter_own_network();
  remote = std::make_unique<RemoteHost>(std::map<std::uint16_t, Service>{
      {80, {}},
      {443, {.authority = &public_authority}},
      {8443, {.authority = &unknown_authority}},
      {9443, {.authority = &public_authority, .wants_client_certificate = true}},
      {9444, {.authority = &public_authority, .needs_client_certificate = true}},
      {9445, {.authority = &public_authority, .needs_client_certificate = true, .tls12 = true}},
      {7000, {.speaks_first = true}},
  });
  std::filesystem::create_directory(folder / "keys");
  std::filesystem::permissions(folder / "keys", std::filesystem::perms::owner_all);
  keys = std::move(certs::open_file_key_store(folder / "keys").value());
  device =
      std::move(certs::DeviceAuthority::open(*keys, "terminal.test", SystemClock().now()).value());
  folder.write("device.pem", device->certificate_pem());
  folder.write("public.pem", public_authority.pem());
  guard = start(change);
}

std::unique_ptr<watch::NetworkGuard> GuardedNetwork::start(const Change& change) {
  watch::NetworkGuardSettings settings;
  settings.redirect.instance = "test";
  settings.redirect.ports = {80, 443, 8443, 9443, 9444, 9445, 7000};
  settings.redirect.networks = {"10.99.0.0/24", "fd99::/64"};
  settings.extra_ca_file = folder / "public.pem";
  settings.program = HUXIN_NETWORK_WORKER;
  settings.hold_limit = 8U << 20U;
  change(settings);
  auto started = watch::NetworkGuard::start(
      settings,
      {.issue_leaf = [this](std::string_view host,
                            ByteView key) { return device->issue(host, key, SystemClock().now()); },
       .judge = [this](watch::Upload upload) { return judge(std::move(upload)); },
       .coverage =
           [this](const watch::NetworkCoverage& loss) {
             const std::lock_guard lock(mutex_);
             coverage_.push_back(loss);
           },
       .resolve = [](const std::string& name) -> Result<std::vector<std::string>> {
         if (name == "upload.test") return std::vector<std::string>{"10.99.0.9", "10.99.0.2"};
         if (name == "v6.test") return std::vector<std::string>{"fd99::2"};
         if (name == "elsewhere.test") return std::vector<std::string>{"10.99.0.77"};
         return watch::resolve_by_system(name);
       }},
      std::make_shared<SystemClock>());
  INFO((started ? std::string() : started.error().context));
  REQUIRE(started);
  return std::move(*started);
}

GuardedNetwork::~GuardedNetwork() {
  release_verdicts();
  guard.reset();
}

void GuardedNetwork::release_verdicts() {
  holding_ = false;
  holding_.notify_all();
}

watch::UploadVerdict GuardedNetwork::judge(watch::Upload upload) {
  ++asked_;
  holding_.wait(true);
  std::string content = content_of(upload.body);
  const bool forbidden = content.contains("FORBIDDEN");
  const std::lock_guard lock(mutex_);
  seen_.push_back({std::move(upload.event), std::move(content), upload.content_type,
                   upload.coverage_reason, upload.stream, upload.part, upload.more});
  return {.block = forbidden,
          .goes_on = taking_parts_ && upload.more && !forbidden,
          .reason_zh = "含客户信息",
          .reason_en = "holds customer <data>",
          .settled = [this](bool in_time) { ++(in_time ? in_time_ : late_); }};
}

Fetched GuardedNetwork::curl(std::vector<std::string> arguments, const std::string& trusted) const {
  std::vector<std::string> command{
      "curl",           "-sS", "--max-time",   "30", "--cacert",
      folder / trusted, "-o",  folder / "out", "-w", "%{http_code} %{num_connects}"};
  for (const char* port : {"80", "443", "8443", "9443", "9444", "9445"}) {
    command.insert(command.end(), {"--resolve", std::string("upload.test:") + port + ":10.99.0.2"});
    command.insert(command.end(), {"--resolve", std::string("v6.test:") + port + ":[fd99::2]"});
  }
  command.insert(command.end(), arguments.begin(), arguments.end());
  ::unlink((folder / "out").c_str());
  const auto ran = watch::run_program(command, {}, std::chrono::seconds(40));
  REQUIRE(ran);
  UNSCOPED_INFO("curl: " << ran->output);
  Fetched fetched{.status = ran->status};
  const std::string figures = ran->output.substr(ran->output.rfind('\n') + 1);
  std::sscanf(figures.c_str(), "%d %d", &fetched.code, &fetched.connections);
  fetched.body = read_file(folder / "out").value_or("");
  return fetched;
}

std::string GuardedNetwork::talk(std::uint16_t port, std::string_view bytes,
                                 std::string_view until) {
  const Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ::inet_pton(AF_INET, "10.99.0.2", &address.sin_addr);
  REQUIRE(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
          0);
  const timeval patience{.tv_sec = 15, .tv_usec = 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  std::string answer;
  std::array<char, 4096> space{};
  while (!answer.contains(until)) {
    const ssize_t got = ::recv(socket.get(), space.data(), space.size(), 0);
    if (got <= 0) break;
    answer.append(space.data(), static_cast<std::size_t>(got));
  }
  return answer;
}

bool GuardedNetwork::has_coverage(std::string_view reason) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(
      coverage_, [&](const watch::NetworkCoverage& loss) { return loss.reason == reason; });
}

bool GuardedNetwork::wait_for_coverage(std::string_view reason) const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!has_coverage(reason)) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

std::vector<watch::NetworkCoverage> GuardedNetwork::coverage() const {
  const std::lock_guard lock(mutex_);
  return coverage_;
}

std::vector<GuardedNetwork::Seen> GuardedNetwork::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

}  // namespace huxin::test
