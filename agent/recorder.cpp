#include "agent/recorder.hpp"

#include <spdlog/spdlog.h>

#include "agent/valid_text.hpp"
#include "policy/record/hide_numbers.hpp"

namespace huxin::agent {

bool Recorder::incident(record::Incident incident, const std::optional<FileVersion>& settles,
                        std::string_view policy_digest) {
  record::Payload payload;
  *payload.mutable_incident() = std::move(incident);
  return write(std::move(payload), settles, policy_digest);
}

bool Recorder::outcome(std::string_view incident, std::string_view outcome,
                       const std::optional<FileVersion>& settles, std::string_view policy_digest) {
  record::Payload payload;
  record::Outcome& told = *payload.mutable_outcome();
  told.set_incident(std::string(incident));
  told.set_outcome(record::hide_numbers(outcome));
  told.set_time_ms(clock_->now().time_since_epoch().count());
  return write(std::move(payload), settles, policy_digest);
}

bool Recorder::order_result(record::OrderResult result, std::string_view name,
                            std::string_view value) {
  record::Payload payload;
  *payload.mutable_order_result() = std::move(result);
  std::string& told = *payload.mutable_order_result()->mutable_outcome();
  told = record::hide_numbers(told);
  make_valid(payload);
  retry();  // what waits came first
  if (pending_.size() == 0 && journal_.append_with(payload, name, value)) {
    written_();
    return true;
  }
  const std::string order =
      fmt::format("{} {}", payload.order_result().kind(),
                  to_hex(as_bytes(std::string_view(payload.order_result().order()))));
  if (const auto kept = put(std::move(payload)); !kept)
    status("order_unanswered", fmt::format("{}: {}", order, kept.error().context));
  return false;
}

void Recorder::coverage(record::Coverage coverage) {
  record::Payload payload;
  *payload.mutable_coverage() = std::move(coverage);
  write(std::move(payload));
}

void Recorder::blind_spot(rule::Channel channel, std::string_view reason, std::string_view path,
                          std::string_view destination, std::uint64_t count) {
  record::Coverage told;
  told.set_time_ms(clock_->now().time_since_epoch().count());
  told.set_channel(static_cast<std::uint32_t>(channel));
  told.set_reason(std::string(reason));
  told.set_path(record::hide_numbers(path));
  told.set_destination(std::string(destination));
  told.set_count(count);
  coverage(std::move(told));
}

void Recorder::status(std::string_view code, std::string_view detail) {
  record::Payload payload;
  record::AgentStatus& told = *payload.mutable_status();
  told.set_time_ms(clock_->now().time_since_epoch().count());
  told.set_code(std::string(code));
  told.set_detail(std::string(detail));
  write(std::move(payload));
}

void Recorder::inventory(record::Inventory inventory) {
  record::Payload payload;
  *payload.mutable_inventory() = std::move(inventory);
  write(std::move(payload));
}

void Recorder::retry() {
  if (pending_.size() == 0 && pending_.lost() == 0) return;
  if (pending_.retry(journal_, clock_->now())) written_();
}

Result<bool> Recorder::put(record::Payload payload, const std::optional<FileVersion>& settles,
                           std::string_view policy_digest) {
  make_valid(payload);
  const Result<bool> on_disk =
      pending_.append(journal_, std::move(payload), settles, policy_digest, clock_->now());
  if (!on_disk) {
    ++refused_;
    spdlog::error("a record was refused by the journal: {}", on_disk.error().context);
  } else if (*on_disk) {
    written_();
  } else {
    spdlog::warn("the journal takes nothing now; {} records wait in memory", pending_.size());
  }
  return on_disk;
}

}  // namespace huxin::agent
