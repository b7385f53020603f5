#include "collector/collector.hpp"

#include <charconv>

#include <spdlog/spdlog.h>

#include "collector/api/error.hpp"
#include "collector/import/date.hpp"
#include "collector/publication.hpp"

namespace huxin::collector {
namespace {

constexpr auto kRenewalCheck = std::chrono::hours(1);
constexpr std::size_t kMostTerminalConnections = 8192;
constexpr std::size_t kMostConsoleConnections = 512;
constexpr std::size_t kMostOfOneAddress = 64;

api::Assets load_assets(const std::filesystem::path& folder) {
  if (folder.empty()) return api::Assets::missing();
  Result<api::Assets> assets = api::Assets::load(folder);
  if (assets) return std::move(*assets);
  spdlog::warn("no console: {}", assets.error().context);
  return api::Assets::missing();
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos)
    return fail(Errc::kInvalid, "{}: ADDRESS:PORT is needed", text);
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  Endpoint endpoint{std::string(host.empty() ? "0.0.0.0" : host), 0};
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    return fail(Errc::kInvalid, "{}: {} is no port", text, digits);
  }
  return endpoint;
}

Result<std::unique_ptr<Collector>> Collector::start(State state, CollectorOptions options,
                                                    const Clock& clock) {
  std::unique_ptr<Collector> collector(new Collector(std::move(state), clock));
  collector->renewed_ = clock.now();
  Status started = collector->start_agents(options);
  if (started) started = collector->start_console(options);
  if (!started) return std::unexpected(started.error());
  return collector;
}

Collector::~Collector() {
  if (agents_) agents_->stop();
  if (console_) console_->stop();
  if (api_) api_->settle(true);
  write_counts();
}

Status Collector::start_agents(const CollectorOptions& options) {
  auto digest_key = state_.keys->load("digest.key");
  if (!digest_key) return std::unexpected(digest_key.error());
  auto identity = server_identity(state_, kAgentsServer, clock_.now());
  if (!identity) return std::unexpected(identity.error());
  ingest_ = std::make_unique<ingest::Service>(ingest::Service::Parts{
      *state_.store, *state_.authority, clock_, tally_, state_.bundle_public_key,
      std::move(*digest_key), options.on_incident});
  http::ServerOptions server;
  server.name = kAgentsServer;
  server.address = options.agents.address;
  server.port = options.agents.port;
  server.clients = http::ClientCertificates::kOptional;
  server.limits.connections = kMostTerminalConnections;
  server.limits.body_bytes = ingest::kLargestBody;
  server.io_threads = 2;
  server.pool_threads = 4;
  server.handler = [this](const http::Request& request) { return ingest_->handle(request); };
  server.error = ingest::render_error;
  auto started =
      http::Server::start(std::move(server), identity->identity, state_.authority->root(), tally_);
  if (!started) return std::unexpected(started.error().within("agents"));
  agents_ = std::move(*started);
  return {};
}

/// What the console's room of customer lists needs of keys, and never sees.
api::CustomerListRoutes::Keeper Collector::list_keeper() {
  return {.read = [this](ByteView csv) -> Result<imports::CustomerTable> {
            const auto key = state_.keys->load("digest.key");
            if (!key) return std::unexpected(key.error());
            const Time now = clock_.now();
            return imports::read_customers(csv, key->view(), now, imports::local_offset(now));
          },
          .ship = [this]() -> Result<std::optional<std::uint64_t>> {
            const auto shipped =
                ship_lists(*state_.store, *state_.keys, state_.bundle_public_key, clock_.now());
            if (!shipped) return std::unexpected(shipped.error());
            return shipped->serial;
          }};
}

/// Lists that were imported and could not be shipped then.
void Collector::ship_what_is_left() {
  const auto shipped =
      ship_lists(*state_.store, *state_.keys, state_.bundle_public_key, clock_.now());
  if (!shipped) spdlog::error("customer lists not shipped: {}", shipped.error().context);
  if (shipped && shipped->published)
    spdlog::info("customer lists shipped with serial {}", *shipped->serial);
}

Status Collector::start_console(const CollectorOptions& options) {
  auto identity = server_identity(state_, kConsoleServer, clock_.now());
  if (!identity) return std::unexpected(identity.error());
  api_ = std::make_unique<api::Console>(api::Console::Parts{
      *state_.store, catalog::Catalog::builtin(), clock_, tally_, load_assets(options.console_dir),
      [this] { return state_.keys->load("bundle.key"); }, list_keeper()});
  http::ServerOptions server;
  server.name = kConsoleServer;
  server.address = options.console.address;
  server.port = options.console.port;
  server.limits.connections = kMostConsoleConnections;
  server.limits.connections_per_address = kMostOfOneAddress;
  server.limits.largest_body_bytes = api::kLargestBody;
  server.body_limit = [this](const http::Request& head) { return api_->body_limit(head); };
  server.pool_threads = 4;
  server.handler = [this](const http::Request& request) { return api_->handle(request); };
  server.error = api::render_error;
  auto started =
      http::Server::start(std::move(server), identity->identity, state_.authority->root(), tally_);
  if (!started) return std::unexpected(started.error().within("console"));
  console_ = std::move(*started);
  return {};
}

void Collector::tick() {
  write_counts();
  if (api_) api_->settle();
  tend_orders();
  if (const auto expired = state_.store->reveals().expire(clock_.now()); !expired)
    spdlog::error("expired evidence not deleted: {}", expired.error().context);
  if (clock_.now() - renewed_ < kRenewalCheck) return;
  renewed_ = clock_.now();
  renew(kAgentsServer, *agents_);
  renew(kConsoleServer, *console_);
  ship_what_is_left();
}

void Collector::tend_orders() {
  const auto expired = state_.store->orders().expire(clock_.now());
  if (!expired) spdlog::error("orders not expired: {}", expired.error().context);
  const Status checked = ingest::check_certificates(
      *state_.store, {state_.authority->root(), state_.bundle_public_key}, clock_, tally_);
  if (!checked) spdlog::error("certificates not checked: {}", checked.error().context);
}

void Collector::write_counts() {
  for (const auto& [key, count] : tally_.drain()) {
    const Status counted = state_.store->count(key.first, key.second, count, clock_.now());
    if (!counted)
      spdlog::error("{} × {} not counted: {}", count, key.first, counted.error().context);
  }
}

void Collector::renew(std::string_view name, http::Server& server) {
  auto fresh = server_identity(state_, name, clock_.now());
  const Status used = !fresh           ? Status(std::unexpected(fresh.error()))
                      : fresh->renewed ? server.use_identity(fresh->identity)
                                       : Status{};
  if (!used) spdlog::error("{}: certificate not renewed: {}", name, used.error().context);
  if (used && fresh->renewed) spdlog::info("{}: certificate renewed", name);
}

}  // namespace huxin::collector
