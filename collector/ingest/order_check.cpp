#include "collector/ingest/order_check.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "certs/destruction/certificate.hpp"

namespace huxin::ingest {
namespace {

using Fault = std::optional<std::string>;

bool is_gone(const order::Item& item) {
  return item.fate == order::Fate::kDestroyed || item.fate == order::Fate::kAbsent;
}

/// An answer may not claim more than its certificate states.
bool overstates(const store::UncheckedResult& result, const order::Statement& statement) {
  return store::state_after(result.outcome) == store::OrderState::kDone &&
         !std::ranges::all_of(statement.items, is_gone);
}

}  // namespace

Result<Fault> certificate_fault(store::Store& store, const OrderTrust& trust,
                                const store::UncheckedResult& result) {
  if (result.certificate.empty()) return Fault("the terminal sent no certificate");
  const std::string_view file = as_text(result.certificate);
  const auto verified = destruction::verify(file, trust.root, trust.order_key);
  if (!verified) return Fault(verified.error().context);
  const auto parsed = destruction::parse(file);
  if (!parsed || parsed->order != result.signed_order)
    return Fault("it answers another order than the one sent");
  const auto standing = store.standing(result.terminal, verified->terminal.sha256);
  if (!standing) return std::unexpected(standing.error());
  if (*standing == store::Standing::kUnknown)
    return Fault("it is signed under a certificate that the terminal does not have");
  if (overstates(result, verified->statement))
    return Fault("the answer says done, the certificate does not");
  return Fault{};
}

Status check_certificates(store::Store& store, const OrderTrust& trust, const Clock& clock,
                          http::Tally& tally) {
  const auto waiting = store.orders().unchecked();
  if (!waiting) return std::unexpected(waiting.error());
  for (const store::UncheckedResult& result : *waiting) {
    const auto fault = certificate_fault(store, trust, result);
    if (!fault) return std::unexpected(fault.error());
    const bool holds = !fault->has_value();
    const auto verdict =
        holds ? store::CertificateVerdict::kVerified : store::CertificateVerdict::kRefused;
    const Status kept = store.orders().judge(result, verdict, fault->value_or(""), clock.now());
    if (!kept) return kept;
    tally.add(holds ? "destruction_verified" : "destruction_refused", result.terminal);
    if (!holds) {
      spdlog::warn("the certificate of order {} from {} is refused: {}", result.order,
                   result.terminal, **fault);
    }
  }
  return {};
}

}  // namespace huxin::ingest
