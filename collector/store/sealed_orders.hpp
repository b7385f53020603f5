#pragma once
#include "collector/store/connections.hpp"
#include "collector/store/orders.hpp"
#include "policy/record/record.pb.h"

namespace huxin::store {

/// Orders in the embedded store. Private to collector/store; spread over orders.cpp (drafting to
/// approval) and order_results.cpp (delivery and what comes back).
class SealedOrders final : public Orders {
 public:
  explicit SealedOrders(Connections& db) : db_(db) {}

  Result<std::string> draft(const OrderDraft& draft, Time now) override;
  Result<std::optional<Order>> order(std::string_view id) override;
  Result<std::vector<OrderEvent>> history(std::string_view id) override;
  Result<OrderPage> list(const OrderFilter& filter) override;
  Status approve(std::string_view id, std::string_view supervisor, ByteView signed_bytes,
                 Time now) override;
  Status cancel(std::string_view id, std::string_view who, std::string_view reason,
                Time now) override;
  Status ask_to_cancel(std::string_view id, const Cancellation& cancellation, ByteView signed_bytes,
                       Time now) override;
  Result<std::uint64_t> expire(Time now) override;
  Result<OrderDelivery> take(std::string_view terminal, std::size_t room, Time now) override;
  Result<std::vector<UncheckedResult>> unchecked() override;
  Status judge(const UncheckedResult& result, CertificateVerdict verdict, std::string_view fault,
               Time now) override;
  Result<std::optional<Bytes>> certificate(std::string_view id) override;

 private:
  Connections& db_;
};

/// How an answer stands to the orders kept here.
enum class ResultMatch : std::uint8_t {
  kAnswer = 1,  ///< the first answer to an order that waited for one
  kRepeated,    ///< the order had one, or was never sent
  kUnknown      ///< no such order to this terminal
};

/// Takes a terminal's answer in, inside the caller's transaction (accept). The outcome is cut at
/// 1,000 bytes. The certificate is kept as it came and looked at later.
Result<ResultMatch> keep_order_result(certs::SealedDatabase& db, std::string_view terminal,
                                      std::uint64_t sequence, const record::OrderResult& result,
                                      Time now);

/// What the table order_results must say of a record, for verify().
struct OrderResultIndex {
  std::string order, kind, outcome;
  std::string refusal;  ///< a word of order::Refusal
};
OrderResultIndex index_order_result(const record::OrderResult& result);

/// Adds a line to an order's history.
Status add_order_event(certs::SealedDatabase& db, std::string_view id, Time at,
                       std::string_view actor, std::string_view what, std::string_view note);

}  // namespace huxin::store
