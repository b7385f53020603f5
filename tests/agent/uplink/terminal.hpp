#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "agent/uplink/uplink.hpp"
#include "tests/agent/uplink/collector_server.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/eventually.hpp"

namespace huxin::test {

/// An outbox in memory that holds its caller to the contract.
class MemoryOutbox final : public uplink::Outbox {
 public:
  void append(std::string payload);
  std::uint64_t acknowledged() const;
  std::uint64_t written() const;
  /// Acknowledgements beyond what was handed out, or going back: there must be none.
  std::size_t wrong() const;

  Result<std::vector<record::Record>> oldest(std::size_t limit) override;
  Status acknowledge(std::uint64_t through) override;
  Result<std::uint64_t> size() override;
  Result<Head> head() override;

 private:
  mutable std::mutex mutex_;
  std::vector<record::Record> chain_;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t handed_out_ = 0;
  std::size_t wrong_ = 0;
};

/// A terminal of a bank, as far as the uplink sees it: records what the callbacks are told.
class Terminal {
 public:
  explicit Terminal(Bank& bank, std::string id = "T-1") : bank_(bank), id_(std::move(id)) {}
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  /// The uplink first: its callbacks use the rest.
  ~Terminal() { uplink.reset(); }

  /// Starts the uplink to a port of this machine, with patience for tests.
  void start(std::uint16_t port);
  void start(uplink::Settings settings);
  uplink::Settings settings(std::uint16_t port) const;

  MemoryOutbox outbox;
  std::function<Status(Bytes)> on_policy = [](const Bytes&) { return Status{}; };
  std::function<Status(const certs::Identity&)> on_identity = [](const certs::Identity&) {
    return Status{};
  };
  std::function<void(Bytes)> on_order;
  std::optional<certs::Identity> identity;  ///< when empty, a fresh one
  std::unique_ptr<uplink::Uplink> uplink;   ///< after start

  void write(std::size_t count, std::size_t payload_size = 20);
  void set_policy_digest(std::string digest);
  bool settles(std::uint64_t through);
  std::vector<Error> failures() const;

 private:
  uplink::Callbacks callbacks();

  Bank& bank_;
  std::string id_;
  SystemClock clock_;
  mutable std::mutex mutex_;
  std::string policy_digest_;
  std::vector<Error> failures_;
};

}  // namespace huxin::test
