#include "collector/store/orders.hpp"

#include "collector/store/conditions.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_orders.hpp"
#include "policy/base/digest.hpp"

namespace huxin::store {
namespace {

constexpr std::size_t kMostRows = 500;
constexpr std::size_t kIdBytes = 16;

constexpr std::string_view kColumns =
    "SELECT o.id, o.kind, o.terminal, t.hostname, t.branch, o.incident, o.confidential, o.reason, "
    "o.executor, o.supervisor, o.method, o.destination, o.state, o.drafted, o.expires, o.approved, "
    "o.delivered, o.answered, o.carried_out, o.outcome, o.verdict, o.fault, o.copies, (SELECT "
    "refusal FROM order_results r WHERE r.terminal = o.terminal AND r.sequence = o.answer) FROM "
    "orders o "
    "JOIN "
    "terminals t ON t.id = o.terminal";

std::optional<Time> optional_time(const certs::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return time_at(row, column);
}

Order read_order(const certs::Statement& row) {
  Order found;
  found.id = row.text(0);
  found.kind = order_kind_from(row.text(1)).value_or(OrderKind::kRelease);
  found.terminal = row.text(2);
  found.hostname = row.text(3);
  found.branch = row.text(4);
  found.incident = row.text(5);
  found.confidential = row.integer(6) != 0;
  found.reason = row.text(7);
  found.executor = row.text(8);
  found.supervisor = row.text(9);
  found.method = row.text(10);
  found.destination = row.text(11);
  found.state = order_state_from(row.text(12)).value_or(OrderState::kFailed);
  found.drafted = time_at(row, 13);
  found.expires = time_at(row, 14);
  found.approved = optional_time(row, 15);
  found.delivered = optional_time(row, 16);
  found.answered = optional_time(row, 17);
  found.carried_out = optional_time(row, 18);
  found.outcome = row.text(19);
  found.certificate = static_cast<CertificateVerdict>(row.integer(20));
  found.certificate_fault = row.text(21);
  found.copies = row.text(22);
  found.refusal = order::refusal_from(row.text(23));
  return found;
}

/// The parameters stand in the order of conditions_of's binding; an empty one admits everything.
constexpr std::string_view kWhere =
    " WHERE (?1 = '' OR o.state = ?1) AND (?2 = '' OR o.kind = ?2) AND (?3 = '' OR o.terminal = "
    "?3) AND (?4 = '' OR t.branch = ?4) AND (?5 = '' OR o.incident = ?5 OR EXISTS (SELECT 1 FROM "
    "order_targets g WHERE g.order_id = o.id AND g.incident = ?5)) AND (?6 = '' OR o.reason || "
    "char(10) || o.executor || char(10) || o.supervisor || char(10) || t.hostname LIKE ?6 ESCAPE "
    "'\\' OR EXISTS (SELECT 1 FROM order_targets g WHERE g.order_id = o.id AND g.path LIKE ?6 "
    "ESCAPE '\\')) AND CASE WHEN o.confidential THEN ?7 ELSE ?8 END";

template <class... More>
Result<certs::Statement> filtered(certs::SealedDatabase& db, std::string_view sql,
                                  const OrderFilter& filter, const More&... more) {
  const std::string_view state = filter.state ? to_string(*filter.state) : std::string_view{};
  const std::string_view kind = filter.kind ? to_string(*filter.kind) : std::string_view{};
  const std::string pattern = filter.text.empty() ? std::string{} : like_anywhere(filter.text);
  return query(db, sql, state, kind, std::string_view(filter.terminal),
               std::string_view(filter.branch), std::string_view(filter.incident),
               std::string_view(pattern), filter.audience.confidential, filter.audience.general,
               more...);
}

Status insert_order(certs::SealedDatabase& db, std::string_view id, const OrderDraft& draft,
                    Time now) {
  const auto known = first(query(db, "SELECT 1 FROM terminals WHERE id = ?", draft.terminal),
                           [](const certs::Statement&) { return true; });
  if (!known) return std::unexpected(known.error());
  if (!*known) return fail(Errc::kNotFound, "no terminal {}", draft.terminal);
  Status done = run(
      db,
      "INSERT INTO orders (id, kind, terminal, incident, confidential, reason, "
      "executor, method, copies, destination, state, drafted, expires) VALUES (?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, 'drafted', ?, ?)",
      id, to_string(draft.kind), draft.terminal, draft.incident, draft.confidential, draft.reason,
      draft.executor, draft.method, draft.copies, draft.destination, now, draft.expires);
  int position = 0;
  for (const OrderTarget& target : draft.targets) {
    if (!done) break;
    done = run(db,
               "INSERT INTO order_targets (order_id, position, path, incident) VALUES (?, ?, ?, ?)",
               id, ++position, target.path, target.incident);
  }
  if (!done) return done;
  return add_order_event(db, id, now, draft.executor, "drafted", draft.reason);
}

/// What may be said of an order before it changes hands.
struct Standing {
  OrderState state;
  OrderKind kind;
  Time expires;
  std::string executor;
};

Result<Standing> standing_of(certs::SealedDatabase& db, std::string_view id) {
  auto found =
      first(query(db, "SELECT state, kind, expires, executor FROM orders WHERE id = ?", id),
            [](const certs::Statement& row) {
              return Standing{order_state_from(row.text(0)).value_or(OrderState::kFailed),
                              order_kind_from(row.text(1)).value_or(OrderKind::kDestroy),
                              time_at(row, 2), row.text(3)};
            });
  if (!found) return std::unexpected(found.error());
  if (!*found) return fail(Errc::kNotFound, "no order {}", id);
  return std::move(**found);
}

}  // namespace

Status add_order_event(certs::SealedDatabase& db, std::string_view id, Time at,
                       std::string_view actor, std::string_view what, std::string_view note) {
  return run(db,
             "INSERT INTO order_history (order_id, at, actor, what, note) VALUES (?, ?, ?, ?, ?)",
             id, at, actor, what, note);
}

Result<std::string> SealedOrders::draft(const OrderDraft& draft, Time now) {
  if (draft.targets.size() > kMostTargets) {
    return fail(Errc::kTooLarge, "{} targets in one order; the limit is {}", draft.targets.size(),
                kMostTargets);
  }
  const std::string id = to_hex(random_bytes(kIdBytes));
  const std::lock_guard lock(db_.writing);
  const Status done =
      db_.writer.transaction([&] { return insert_order(db_.writer, id, draft, now); });
  if (!done) return std::unexpected(done.error());
  return id;
}

Result<std::optional<Order>> SealedOrders::order(std::string_view id) {
  const std::lock_guard lock(db_.reading);
  auto found = first(query(db_.reader, fmt::format("{} WHERE o.id = ?", kColumns), id), read_order);
  if (!found || !*found) return found;
  Status done = each(query(db_.reader,
                           "SELECT path, incident FROM order_targets WHERE order_id = ? ORDER BY "
                           "position",
                           id),
                     [&](const certs::Statement& row) -> Status {
                       (*found)->targets.push_back({row.text(0), row.text(1)});
                       return {};
                     });
  if (!done) return std::unexpected(done.error());
  auto bytes = first(query(db_.reader, "SELECT signed FROM orders WHERE id = ?", id),
                     [](const certs::Statement& row) { return row.blob(0); });
  if (!bytes) return std::unexpected(bytes.error());
  if (*bytes) (*found)->signed_bytes = std::move(**bytes);
  auto cancellation =
      first(query(db_.reader,
                  "SELECT id, who, reason, asked, answered, outcome FROM order_cancellations WHERE "
                  "order_id = ?",
                  id),
            [](const certs::Statement& row) {
              return Cancellation{row.text(0),     row.text(1),           row.text(2),
                                  time_at(row, 3), optional_time(row, 4), row.text(5)};
            });
  if (!cancellation) return std::unexpected(cancellation.error());
  (*found)->cancellation = *std::move(cancellation);
  return found;
}

Result<std::vector<OrderEvent>> SealedOrders::history(std::string_view id) {
  const std::lock_guard lock(db_.reading);
  std::vector<OrderEvent> events;
  Status done = each(query(db_.reader,
                           "SELECT at, actor, what, note FROM order_history WHERE order_id = ? "
                           "ORDER BY number",
                           id),
                     [&](const certs::Statement& row) -> Status {
                       events.push_back({time_at(row, 0), row.text(1), row.text(2), row.text(3)});
                       return {};
                     });
  if (!done) return std::unexpected(done.error());
  return events;
}

Result<OrderPage> SealedOrders::list(const OrderFilter& filter) {
  const std::lock_guard lock(db_.reading);
  OrderPage page;
  const auto total =
      first(filtered(db_.reader,
                     fmt::format("SELECT count(*) FROM orders o JOIN terminals t ON t.id = "
                                 "o.terminal{}",
                                 kWhere),
                     filter),
            [](const certs::Statement& row) { return count_at(row, 0); });
  if (!total) return std::unexpected(total.error());
  page.total = total->value_or(0);
  Status done = each(filtered(db_.reader,
                              fmt::format("{}{} ORDER BY o.drafted DESC, o.id LIMIT ?9 OFFSET ?10",
                                          kColumns, kWhere),
                              filter, std::min(filter.limit, kMostRows), filter.offset),
                     [&](const certs::Statement& row) -> Status {
                       page.orders.push_back(read_order(row));
                       return {};
                     });
  if (!done) return std::unexpected(done.error());
  return page;
}

Status SealedOrders::approve(std::string_view id, std::string_view supervisor,
                             ByteView signed_bytes, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const Result<Standing> order = standing_of(db_.writer, id);
    if (!order) return std::unexpected(order.error());
    if (order->state != OrderState::kDrafted)
      return fail(Errc::kDenied, "the order is {} already", to_string(order->state));
    if (order->expires <= now) return fail(Errc::kDenied, "the draft has expired");
    if (order->kind == OrderKind::kDestroy && order->executor == supervisor)
      return fail(Errc::kDenied, "a destruction takes two people");
    Status done =
        run(db_.writer,
            "UPDATE orders SET state = 'approved', supervisor = ?, signed = ?, approved = "
            "? WHERE id = ?",
            supervisor, signed_bytes, now, id);
    if (!done) return done;
    return add_order_event(db_.writer, id, now, supervisor, "approved", "");
  });
}

Status SealedOrders::cancel(std::string_view id, std::string_view who, std::string_view reason,
                            Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const Result<Standing> order = standing_of(db_.writer, id);
    if (!order) return std::unexpected(order.error());
    if (order->state != OrderState::kDrafted && order->state != OrderState::kApproved)
      return fail(Errc::kDenied, "the order is {} already", to_string(order->state));
    Status done = run(db_.writer, "UPDATE orders SET state = 'cancelled' WHERE id = ?", id);
    if (!done) return done;
    return add_order_event(db_.writer, id, now, who, "cancelled", reason);
  });
}

Status SealedOrders::ask_to_cancel(std::string_view id, const Cancellation& cancellation,
                                   ByteView signed_bytes, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const Result<Standing> order = standing_of(db_.writer, id);
    if (!order) return std::unexpected(order.error());
    if (order->state != OrderState::kDelivered)
      return fail(Errc::kDenied, "the order is {} already", to_string(order->state));
    if (order->expires <= now) return fail(Errc::kDenied, "the order has expired");
    const auto asked =
        first(query(db_.writer, "SELECT who FROM order_cancellations WHERE order_id = ?", id),
              [](const certs::Statement& row) { return row.text(0); });
    if (!asked) return std::unexpected(asked.error());
    if (*asked) return fail(Errc::kDenied, "{} told the terminal to stop it already", **asked);
    Status done =
        run(db_.writer,
            "INSERT INTO order_cancellations (order_id, id, who, reason, asked, signed) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            id, cancellation.id, cancellation.who, cancellation.reason, now, signed_bytes);
    if (!done) return done;
    return add_order_event(db_.writer, id, now, cancellation.who, "cancel_asked",
                           cancellation.reason);
  });
}

Result<std::uint64_t> SealedOrders::expire(Time now) {
  constexpr std::string_view kDue =
      "state IN ('drafted', 'approved', 'delivered') AND expires <= ?";
  const std::lock_guard lock(db_.writing);
  const auto due =
      first(query(db_.writer, fmt::format("SELECT count(*) FROM orders WHERE {}", kDue), now),
            [](const certs::Statement& row) { return count_at(row, 0); });
  if (!due) return std::unexpected(due.error());
  if (due->value_or(0) == 0) return 0;
  const Status done = db_.writer.transaction([&]() -> Status {
    Status step = run(db_.writer,
                      fmt::format("INSERT INTO order_history (order_id, at, actor, what, note) "
                                  "SELECT id, expires, 'collector', 'expired', state FROM orders "
                                  "WHERE {}",
                                  kDue),
                      now);
    if (!step) return step;
    return run(db_.writer, fmt::format("UPDATE orders SET state = 'expired' WHERE {}", kDue), now);
  });
  if (!done) return std::unexpected(done.error());
  return due->value_or(0);
}

}  // namespace huxin::store
