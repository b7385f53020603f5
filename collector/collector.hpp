#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "collector/api/console.hpp"
#include "collector/http/server.hpp"
#include "collector/ingest/service.hpp"
#include "collector/state.hpp"

namespace huxin::collector {

/// An IPv4 or IPv6 address without brackets; port 0: any free one.
struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
};
/// Reads "127.0.0.1:8443", "[::1]:0", ":8443" (every IPv4 address); kInvalid for text
/// without a port that is a number; whether the host is an address is http::Server's to find out.
Result<Endpoint> parse_endpoint(std::string_view text);

/// `agents`: by default every address, port 8443; console: 127.0.0.1, port 8444 (cli/serve).
struct CollectorOptions {
  Endpoint agents, console;
  std::filesystem::path console_dir;  ///< empty: none installed
  /// Called for every new incident after its commit, on a pool thread, many at once; may be empty.
  std::function<void(const store::StoredIncident&)> on_incident;
};

/// The composition root: the one place that knows store, ingest and console at once.
///
/// Start-up: open the state, make the services, bind agents, bind console. Shutdown: stop agents,
/// stop console (requests under way finish), write the last counts. One thread calls everything.
/// A console folder that cannot be read is logged and the console's place says so: terminals are
/// served all the same.
class Collector {
 public:
  /// The state is moved in and closed by destruction; the clock outlives the collector. Nothing is
  /// left listening when it fails.
  static Result<std::unique_ptr<Collector>> start(State state, CollectorOptions options,
                                                  const Clock& clock);
  ~Collector();
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  /// "127.0.0.1:8443", with the port that was bound.
  std::string agents_address() const { return agents_->address(); }
  std::string console_address() const { return console_->address(); }

  /// Everything that the console's listener answers to.
  const std::vector<api::Route>& console_routes() const { return api_->routes(); }

  /// Does what is due: every call writes the counts, ends orders that expired and looks at
  /// certificates of destruction that were left over, once an hour certificates are renewed and
  /// customer lists shipped that were not. Call it every few seconds. What fails is logged and
  /// tried again at the next call.
  void tick();

 private:
  Collector(State state, const Clock& clock) : state_(std::move(state)), clock_(clock) {}
  Status start_agents(const CollectorOptions& options);
  Status start_console(const CollectorOptions& options);
  api::CustomerListRoutes::Keeper list_keeper();
  void ship_what_is_left();
  void write_counts();
  void tend_orders();
  void renew(std::string_view name, http::Server& server);

  State state_;
  const Clock& clock_;
  http::Tally tally_;
  Time renewed_{};
  std::unique_ptr<ingest::Service> ingest_;
  std::unique_ptr<api::Console> api_;
  std::unique_ptr<http::Server> agents_, console_;  // last: stopped before what they call
};

}  // namespace huxin::collector
