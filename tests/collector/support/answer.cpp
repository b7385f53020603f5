#include "tests/collector/support/answer.hpp"

#include <stdexcept>

#include "certs/destruction/certificate.hpp"

namespace huxin::test {

order::Statement statement_for(const order::Order& order, Time now) {
  const auto& destroy = std::get<order::Destroy>(order.what);
  order::Statement statement;
  statement.id = std::string(32, 'c');
  statement.order = to_hex(order.id);
  statement.terminal = order.terminal;
  statement.hostname = "teller-01";
  statement.executor = order.executor;
  statement.supervisor = order.supervisor;
  statement.reason = order.reason;
  statement.method = to_string(destroy.method);
  statement.started = now;
  statement.ended = now + std::chrono::seconds(1);
  for (const order::Target& target : destroy.targets) {
    statement.items.push_back({.path = target.path,
                               .incident = to_hex(target.incident),
                               .bytes = 1024,
                               .digest = std::string(32, 'd'),
                               .method = statement.method,
                               .fate = order::Fate::kDestroyed});
  }
  statement.residue.push_back(
      {"/home/li.wei/.local/share/Trash/files/客户.csv", "trash", "reported"});
  statement.note = "SSD 上覆写不保证擦除 overwriting is no erasure on flash";
  return statement;
}

std::string certify(const Device& device, const order::Order& order, ByteView signed_order,
                    Time now, const std::function<void(order::Statement&)>& spoil) {
  order::Statement statement = statement_for(order, now);
  if (spoil) spoil(statement);
  auto file = destruction::make(statement, signed_order, device.identity());
  if (!file) throw std::runtime_error(file.error().context);
  return std::move(*file);
}

record::Payload answer_to(const order::Order& order, std::string_view outcome,
                          std::string_view certificate, Time now) {
  record::Payload payload;
  record::OrderResult& result = *payload.mutable_order_result();
  result.set_order(std::string(as_text(order.id)));
  result.set_time_ms(now.time_since_epoch().count());
  result.set_kind(std::string(order.kind()));
  result.set_outcome(std::string(outcome));
  result.set_certificate(std::string(certificate));
  return payload;
}

}  // namespace huxin::test
