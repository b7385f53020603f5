#include "collector/store/query.hpp"
#include "collector/store/sealed_orders.hpp"
#include "policy/order/refusal.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::store {
namespace {

constexpr std::size_t kLongestOutcome = 1000;
constexpr std::size_t kLongestKind = 32;
constexpr std::size_t kLongestId = 16;
constexpr std::size_t kFrameOfOne = 8;  // tag and length of one entry in a HeartbeatReply
constexpr auto kExpectedFor = std::chrono::minutes(15);

struct Open {
  std::string kind;
  OrderState state;
  bool sent;  ///< it was signed; a draft never was, whatever became of it
};

Result<std::optional<Open>> find_order(certs::SealedDatabase& db, std::string_view id,
                                       std::string_view terminal) {
  return first(
      query(db, "SELECT kind, state, signed IS NOT NULL FROM orders WHERE id = ? AND terminal = ?",
            id, terminal),
      [](const certs::Statement& row) {
        return Open{row.text(0), order_state_from(row.text(1)).value_or(OrderState::kFailed),
                    row.integer(2) != 0};
      });
}

/// An order that was sent and is still to be answered, though it may have expired meanwhile.
bool awaits_answer(OrderState state) {
  return state == OrderState::kApproved || state == OrderState::kDelivered ||
         state == OrderState::kExpired;
}
bool awaits_answer(const Open& order) { return order.sent && awaits_answer(order.state); }

/// Certificates are asked for where something was destroyed.
CertificateVerdict first_verdict(const record::OrderResult& result, const OrderResultIndex& index) {
  const OrderState state = state_after(index.outcome);
  const bool destroyed = state == OrderState::kDone || state == OrderState::kPartial;
  if (index.kind == "destroy" && (destroyed || !result.certificate().empty()))
    return CertificateVerdict::kUnchecked;
  return CertificateVerdict::kNone;
}

Status settle(certs::SealedDatabase& db, std::string_view terminal, std::uint64_t sequence,
              const OrderResultIndex& index, const record::OrderResult& result, Time now) {
  const OrderState state = state_after(index.outcome);
  Status done = run(db,
                    "UPDATE orders SET state = ?, outcome = ?, answered = ?, carried_out = ?, "
                    "answer = ?, verdict = ? WHERE id = ?",
                    to_string(state), index.outcome, now, result.time_ms(), sequence,
                    static_cast<int>(first_verdict(result, index)), index.order);
  if (!done) return done;
  return add_order_event(db, index.order, now, terminal, to_string(state), index.outcome);
}

/// The order that a cancellation of this id stops, and whether it is answered.
struct Stopped {
  std::string order;
  OrderState state;
  bool answered;
};

Result<std::optional<Stopped>> find_cancellation(certs::SealedDatabase& db, std::string_view id,
                                                 std::string_view terminal) {
  return first(
      query(db,
            "SELECT c.order_id, o.state, c.answered IS NOT NULL FROM order_cancellations c JOIN "
            "orders o ON o.id = c.order_id WHERE c.id = ? AND o.terminal = ?",
            id, terminal),
      [](const certs::Statement& row) {
        return Stopped{row.text(0), order_state_from(row.text(1)).value_or(OrderState::kFailed),
                       row.integer(2) != 0};
      });
}

/// A terminal that was told to stop says whether it was in time. What it had begun by then it
/// answers as if nothing had been said.
Status settle_cancellation(certs::SealedDatabase& db, std::string_view terminal,
                           const OrderResultIndex& index, const Stopped& stopped, Time now) {
  Status done = run(db, "UPDATE order_cancellations SET answered = ?, outcome = ? WHERE id = ?",
                    now, index.outcome, index.order);
  if (!done) return done;
  const bool in_time =
      state_after(index.outcome) == OrderState::kDone && awaits_answer(stopped.state);
  if (!in_time)
    return add_order_event(db, stopped.order, now, terminal, "cancel_late", index.outcome);
  done = run(db, "UPDATE orders SET state = 'cancelled', answered = ? WHERE id = ?", now,
             stopped.order);
  if (!done) return done;
  return add_order_event(db, stopped.order, now, terminal, "cancelled", "");
}

struct Waiting {
  bool any = false;       ///< something is to be sent
  bool expected = false;  ///< something is under way, and was touched lately
};

Result<Waiting> waiting_for(certs::SealedDatabase& db, std::string_view terminal, Time now) {
  const auto found = first(
      query(db,
            "SELECT coalesce(sum(state <> 'drafted'), 0), coalesce(sum(max(drafted, "
            "coalesce(approved, 0), coalesce(asked, 0)) > ?), 0) FROM orders o LEFT JOIN "
            "order_cancellations c ON c.order_id = o.id WHERE terminal = ? AND state IN "
            "('drafted', 'approved', 'delivered') AND expires > ?",
            now - kExpectedFor, terminal, now),
      [](const certs::Statement& row) { return Waiting{row.integer(0) > 0, row.integer(1) > 0}; });
  if (!found) return std::unexpected(found.error());
  return found->value_or(Waiting{});
}

/// Reads what is to be sent, as far as it fits; `fresh`: those sent for the first time. What tells
/// the terminal to stop an order goes in its place, and before all others.
Status collect(certs::SealedDatabase& db, std::string_view terminal, std::size_t room, Time now,
               std::vector<Bytes>& orders, std::vector<std::string>& fresh) {
  bool full = false;
  return each(
      query(db,
            "SELECT o.id, coalesce(c.signed, o.signed), o.state FROM orders o LEFT JOIN "
            "order_cancellations c ON c.order_id = o.id WHERE o.terminal = ? AND o.state IN "
            "('approved', 'delivered') AND o.expires > ? AND c.answered IS NULL ORDER BY c.id IS "
            "NULL, o.approved, o.id LIMIT ?",
            terminal, now, Orders::kMostDelivered),
      [&](const certs::Statement& row) -> Status {
        Bytes bytes = row.blob(1);
        full = full || bytes.size() + kFrameOfOne > room;
        if (full) return {};
        room -= bytes.size() + kFrameOfOne;
        orders.push_back(std::move(bytes));
        if (row.text(2) == "approved") fresh.push_back(row.text(0));
        return {};
      });
}

}  // namespace

OrderResultIndex index_order_result(const record::OrderResult& result) {
  return {to_hex(as_bytes(std::string_view(result.order()).substr(0, kLongestId))),
          std::string(text::cut_utf8(result.kind(), kLongestKind)),
          std::string(text::cut_utf8(result.outcome(), kLongestOutcome)),
          std::string(to_string(order::refusal_from(result.refusal())))};
}

Result<ResultMatch> keep_order_result(certs::SealedDatabase& db, std::string_view terminal,
                                      std::uint64_t sequence, const record::OrderResult& result,
                                      Time now) {
  const OrderResultIndex index = index_order_result(result);
  const auto order = find_order(db, index.order, terminal);
  if (!order) return std::unexpected(order.error());
  const auto stopped = find_cancellation(db, index.order, terminal);
  if (!stopped) return std::unexpected(stopped.error());
  const bool cancels = *stopped && index.kind == "cancel";
  const bool known = cancels || (*order && (*order)->kind == index.kind);
  const bool awaited = known && (cancels ? !(*stopped)->answered : awaits_answer(**order));
  const ResultMatch match = !known    ? ResultMatch::kUnknown
                            : awaited ? ResultMatch::kAnswer
                                      : ResultMatch::kRepeated;
  Status done = run(
      db,
      "INSERT INTO order_results (terminal, sequence, order_id, kind, outcome, match, received, "
      "refusal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      terminal, sequence, index.order, index.kind, index.outcome, static_cast<int>(match), now,
      index.refusal);
  if (done && match == ResultMatch::kAnswer)
    done = cancels ? settle_cancellation(db, terminal, index, **stopped, now)
                   : settle(db, terminal, sequence, index, result, now);
  if (done && match == ResultMatch::kRepeated)
    done = add_order_event(db, cancels ? (*stopped)->order : index.order, now, terminal,
                           "answered_again", index.outcome);
  if (!done) return std::unexpected(done.error());
  return match;
}

Result<OrderDelivery> SealedOrders::take(std::string_view terminal, std::size_t room, Time now) {
  const std::lock_guard lock(db_.writing);
  // Most heartbeats find nothing and are to cost no transaction.
  const Result<Waiting> waiting = waiting_for(db_.writer, terminal, now);
  if (!waiting) return std::unexpected(waiting.error());
  OrderDelivery delivery{{}, waiting->expected};
  if (!waiting->any) return delivery;
  const Status done = db_.writer.transaction([&]() -> Status {
    std::vector<std::string> fresh;
    Status step = collect(db_.writer, terminal, room, now, delivery.orders, fresh);
    for (const std::string& id : fresh) {
      if (step) {
        step = run(db_.writer, "UPDATE orders SET state = 'delivered', delivered = ? WHERE id = ?",
                   now, id);
      }
      if (step) step = add_order_event(db_.writer, id, now, terminal, "delivered", "");
    }
    return step;
  });
  if (!done) return std::unexpected(done.error());
  return delivery;
}

Result<std::vector<UncheckedResult>> SealedOrders::unchecked() {
  std::vector<UncheckedResult> found;
  const std::lock_guard lock(db_.reading);
  Status done = each(
      query(db_.reader,
            "SELECT o.terminal, o.answer, o.id, o.outcome, o.signed, r.payload FROM orders o JOIN "
            "records r ON r.terminal = o.terminal AND r.sequence = o.answer WHERE o.verdict = ? "
            "ORDER BY o.answered LIMIT 50",
            static_cast<int>(CertificateVerdict::kUnchecked)),
      [&](const certs::Statement& row) -> Status {
        UncheckedResult result{row.text(0), count_at(row, 1), row.text(2), row.text(3),
                               {},          row.blob(4)};
        const Bytes payload_bytes = row.blob(5);
        record::Payload payload;
        if (payload.ParseFromArray(payload_bytes.data(), static_cast<int>(payload_bytes.size()))) {
          const ByteView certificate = as_bytes(payload.order_result().certificate());
          result.certificate.assign(certificate.begin(), certificate.end());
        }
        found.push_back(std::move(result));
        return {};
      });
  if (!done) return std::unexpected(done.error());
  return found;
}

Status SealedOrders::judge(const UncheckedResult& result, CertificateVerdict verdict,
                           std::string_view fault, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status done =
        run(db_.writer, "UPDATE orders SET verdict = ?, fault = ? WHERE id = ? AND verdict = ?",
            static_cast<int>(verdict), fault, result.order,
            static_cast<int>(CertificateVerdict::kUnchecked));
    if (!done) return done;
    if (db_.writer.changes() == 0) return {};  // another process was faster
    return add_order_event(
        db_.writer, result.order, now, "collector",
        verdict == CertificateVerdict::kVerified ? "certificate_verified" : "certificate_refused",
        fault);
  });
}

Result<std::optional<Bytes>> SealedOrders::certificate(std::string_view id) {
  const std::lock_guard lock(db_.reading);
  const auto bytes = first(query(db_.reader,
                                 "SELECT r.payload FROM orders o JOIN records r ON r.terminal = "
                                 "o.terminal AND r.sequence = o.answer WHERE o.id = ?",
                                 id),
                           [](const certs::Statement& row) { return row.blob(0); });
  if (!bytes) return std::unexpected(bytes.error());
  record::Payload payload;
  if (!*bytes || !payload.ParseFromArray((*bytes)->data(), static_cast<int>((*bytes)->size())) ||
      payload.order_result().certificate().empty()) {
    return std::nullopt;
  }
  const ByteView certificate = as_bytes(payload.order_result().certificate());
  return Bytes(certificate.begin(), certificate.end());
}

}  // namespace huxin::store
