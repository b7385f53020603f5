#pragma once
#include "collector/collector.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/collector/support/https_client.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::test {

/// A whole collector on loopback, with a second view of its state for the test to look into.
struct Bench {
  TempDir folder;
  SystemClock clock;
  std::vector<store::StoredIncident> printed;
  std::mutex mutex;
  std::unique_ptr<collector::Collector> collector;
  collector::State state;

  explicit Bench(const std::filesystem::path& console_dir = {}) {
    const auto home = folder / "state";
    if (const Status made = collector::State::create(home, {"localhost"}, "Bank", clock.now());
        !made) {
      throw std::runtime_error(made.error().context);
    }
    collector::CollectorOptions options{{"127.0.0.1", 0},
                                        {"127.0.0.1", 0},
                                        console_dir,
                                        [this](const store::StoredIncident& stored) {
                                          const std::lock_guard lock(mutex);
                                          printed.push_back(stored);
                                        }};
    state = std::move(*collector::State::open(home));
    auto started = collector::Collector::start(std::move(*collector::State::open(home)),
                                               std::move(options), clock);
    if (!started) throw std::runtime_error(started.error().context);
    collector = std::move(*started);
  }

  static std::uint16_t port_of(const std::string& address) {
    return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
  }
  const Bytes& root() const { return state.authority->root(); }
  HttpsClient agent(const certs::Identity* identity = nullptr) const {
    return HttpsClient(port_of(collector->agents_address()), root(), identity);
  }
  HttpsClient browser() const { return HttpsClient(port_of(collector->console_address()), root()); }
};

}  // namespace huxin::test
