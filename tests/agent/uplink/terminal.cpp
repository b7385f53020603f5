#include "tests/agent/uplink/terminal.hpp"

#include "policy/record/chain.hpp"

namespace huxin::test {

void MemoryOutbox::append(std::string payload) {
  const std::scoped_lock lock(mutex_);
  const std::string previous =
      chain_.empty() ? std::string(as_text(record::kGenesis)) : chain_.back().hash();
  chain_.push_back(record::make_link(chain_.size() + 1, as_bytes(previous), std::move(payload)));
}

std::uint64_t MemoryOutbox::acknowledged() const {
  const std::scoped_lock lock(mutex_);
  return acknowledged_;
}

std::uint64_t MemoryOutbox::written() const {
  const std::scoped_lock lock(mutex_);
  return chain_.size();
}

std::size_t MemoryOutbox::wrong() const {
  const std::scoped_lock lock(mutex_);
  return wrong_;
}

Result<std::vector<record::Record>> MemoryOutbox::oldest(std::size_t limit) {
  const std::scoped_lock lock(mutex_);
  std::vector<record::Record> records;
  for (std::size_t i = acknowledged_; i < chain_.size() && records.size() < limit; ++i)
    records.push_back(chain_[i]);
  if (!records.empty()) handed_out_ = std::max(handed_out_, records.back().sequence());
  return records;
}

Status MemoryOutbox::acknowledge(std::uint64_t through) {
  const std::scoped_lock lock(mutex_);
  if (through > handed_out_ || through < acknowledged_) ++wrong_;
  acknowledged_ = through;
  return {};
}

Result<std::uint64_t> MemoryOutbox::size() {
  const std::scoped_lock lock(mutex_);
  return chain_.size() - acknowledged_;
}

Result<uplink::Outbox::Head> MemoryOutbox::head() {
  const std::scoped_lock lock(mutex_);
  if (chain_.empty()) return Head{.sequence = 0, .hash = std::string(as_text(record::kGenesis))};
  return Head{.sequence = chain_.back().sequence(), .hash = chain_.back().hash()};
}

uplink::Settings Terminal::settings(std::uint16_t port) const {
  using std::chrono::milliseconds;
  return {.host = "127.0.0.1",
          .port = port,
          .root = bank_.root(),
          .heartbeat = milliseconds(50),
          .connect_deadline = milliseconds(5000),
          .request_deadline = milliseconds(5000),
          .first_backoff = milliseconds(2),
          .longest_backoff = milliseconds(20)};
}

void Terminal::start(std::uint16_t port) { start(settings(port)); }

void Terminal::start(uplink::Settings settings) {
  certs::Identity own = identity ? std::move(*identity) : bank_.terminal(id_);
  uplink =
      must(uplink::Uplink::start(std::move(settings), std::move(own), outbox, callbacks(), clock_));
}

uplink::Callbacks Terminal::callbacks() {
  return {.heartbeat =
              [this] {
                const std::scoped_lock lock(mutex_);
                record::Heartbeat heartbeat;
                heartbeat.set_hostname("teller-07");
                heartbeat.set_policy_digest(policy_digest_);
                return heartbeat;
              },
          .on_policy = on_policy,
          .on_order = on_order,
          .on_identity = on_identity,
          .on_failure =
              [this](const Error& failure) {
                const std::scoped_lock lock(mutex_);
                failures_.push_back(failure);
              }};
}

void Terminal::write(std::size_t count, std::size_t payload_size) {
  for (std::size_t i = 0; i < count; ++i) outbox.append(std::string(payload_size, 'p'));
  if (uplink) uplink->notify();
}

void Terminal::set_policy_digest(std::string digest) {
  const std::scoped_lock lock(mutex_);
  policy_digest_ = std::move(digest);
}

bool Terminal::settles(std::uint64_t through) {
  return eventually([&] { return outbox.acknowledged() >= through; });
}

std::vector<Error> Terminal::failures() const {
  const std::scoped_lock lock(mutex_);
  return failures_;
}

}  // namespace huxin::test
