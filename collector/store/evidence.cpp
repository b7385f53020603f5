#include "collector/store/evidence.hpp"

#include <algorithm>

#include "collector/store/conditions.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_evidence.hpp"

namespace huxin::store {
namespace {

constexpr std::size_t kMostRows = 500;
constexpr std::int64_t kMostKeys = 32;
constexpr std::int64_t kMostWaiting = 20;

constexpr std::string_view kKeyColumns =
    "SELECT sha256, user, certificate, locked, added, retired FROM reviewer_keys";

ReviewerKey read_key(const certs::Statement& row) {
  ReviewerKey key{row.text(0), row.text(1), row.blob(2), row.text(3), time_at(row, 4), {}};
  if (!row.is_null(5)) key.retired = time_at(row, 5);
  return key;
}

Result<std::vector<ReviewerKey>> read_keys(Result<certs::Statement> statement) {
  std::vector<ReviewerKey> keys;
  Status done = each(std::move(statement), [&](const certs::Statement& row) -> Status {
    keys.push_back(read_key(row));
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return keys;
}

// What a request is as of a moment (the one parameter, twice), whether or not it was swept.
constexpr std::string_view kStateNow =
    "CASE WHEN state = 1 AND expires <= ? THEN 5 WHEN state = 2 AND package_expires <= ? THEN 5 "
    "ELSE state END";
constexpr std::string_view kRevealColumns =
    "SELECT id, incident, confidential, now_state, requester, requester_key, reason, requested, "
    "expires, reviewer, answer, answered, package_expires, taken FROM (SELECT *, {} AS now_state "
    "FROM reveals) r";

std::optional<Time> optional_time_at(const certs::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return time_at(row, column);
}

Reveal read_reveal(const certs::Statement& row) {
  Reveal found;
  found.id = row.text(0);
  found.incident = row.text(1);
  found.confidential = row.integer(2) != 0;
  found.state = static_cast<RevealState>(std::clamp<std::int64_t>(row.integer(3), 1, 5));
  found.requester = row.text(4);
  found.requester_key = row.text(5);
  found.reason = row.text(6);
  found.requested = time_at(row, 7);
  found.expires = time_at(row, 8);
  found.reviewer = row.text(9);
  found.answer = row.text(10);
  found.answered = optional_time_at(row, 11);
  found.package_expires = optional_time_at(row, 12);
  found.taken = optional_time_at(row, 13);
  return found;
}

Result<std::int64_t> count(Result<certs::Statement> statement) {
  const auto found =
      first(std::move(statement), [](const certs::Statement& row) { return row.integer(0); });
  if (!found) return std::unexpected(found.error());
  return found->value_or(0);
}

/// Says why a request that a change did not touch was not touched.
Status refuse_change(certs::SealedDatabase& db, std::string_view id, std::string_view column,
                     std::string_view who, bool wanted) {
  if (db.changes() > 0) return {};
  const auto found =
      first(query(db, fmt::format("SELECT {} = ? FROM reveals WHERE id = ?", column), who, id),
            [](const certs::Statement& row) { return row.integer(0) != 0; });
  if (!found) return std::unexpected(found.error());
  if (!*found) return fail(Errc::kNotFound, "request {}", id);
  if (**found != wanted) return fail(Errc::kDenied, "request {}: not by {}", id, who);
  return fail(Errc::kExists, "request {} is over", id);
}

Conditions conditions_of(const RevealFilter& filter) {
  Conditions where;
  where.add(seen_by(filter.audience, "r"));
  if (filter.state) where.add("now_state = ?", static_cast<std::int64_t>(*filter.state));
  where.add_text("incident = ?", filter.incident);
  where.add_text("requester = ?", filter.requester);
  return where;
}

/// Binds the moment twice, then the conditions; returns how many were bound.
int bind_now(certs::Statement& to, Time now, const Conditions& where) {
  bind_value(to, 1, now);
  bind_value(to, 2, now);
  return where.bind(to, 2);
}

}  // namespace

std::string_view to_string(RevealState state) {
  switch (state) {
    case RevealState::kRequested:
      return "requested";
    case RevealState::kApproved:
      return "approved";
    case RevealState::kRefused:
      return "refused";
    case RevealState::kWithdrawn:
      return "withdrawn";
    case RevealState::kExpired:
      return "expired";
  }
  return "expired";
}

Result<RevealState> reveal_state_from(std::string_view text) {
  using enum RevealState;
  for (const RevealState state : {kRequested, kApproved, kRefused, kWithdrawn, kExpired}) {
    if (to_string(state) == text) return state;
  }
  return fail(Errc::kInvalid, "{} is none of requested, approved, refused, withdrawn, expired",
              text.substr(0, 40));
}

Status SealedReviewerKeys::add(const ReviewerKey& key) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const auto held =
        count(query(db_.writer, "SELECT count(*) FROM reviewer_keys WHERE user = ?", key.user));
    if (!held) return std::unexpected(held.error());
    if (*held >= kMostKeys) return fail(Errc::kTooLarge, "{} has {} keys", key.user, *held);
    Status done =
        run(db_.writer, "UPDATE reviewer_keys SET retired = ? WHERE user = ? AND retired IS NULL",
            key.added, key.user);
    if (!done) return done;
    return run(db_.writer,
               "INSERT INTO reviewer_keys (sha256, user, certificate, locked, added) VALUES (?, ?, "
               "?, ?, ?)",
               key.sha256, key.user, key.certificate, key.locked, key.added);
  });
}

Result<std::vector<ReviewerKey>> SealedReviewerKeys::of(std::string_view user) {
  const std::lock_guard lock(db_.reading);
  return read_keys(
      query(db_.reader,
            fmt::format("{} WHERE user = ? ORDER BY retired IS NOT NULL, added DESC", kKeyColumns),
            user));
}

Result<std::vector<ReviewerKey>> SealedReviewerKeys::current() {
  const std::lock_guard lock(db_.reading);
  return read_keys(
      query(db_.reader, fmt::format("{} WHERE retired IS NULL ORDER BY user", kKeyColumns)));
}

Result<std::optional<ReviewerKey>> SealedReviewerKeys::find(std::string_view sha256) {
  const std::lock_guard lock(db_.reading);
  return first(query(db_.reader, fmt::format("{} WHERE sha256 = ?", kKeyColumns), sha256),
               read_key);
}

Status SealedReveals::request(const Reveal& fresh) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const auto same =
        count(query(db_.writer,
                    "SELECT count(*) FROM reveals WHERE requester = ? AND incident = "
                    "? AND ((state = 1 AND expires > ?) OR (state = 2 AND "
                    "package_expires > ?))",
                    fresh.requester, fresh.incident, fresh.requested, fresh.requested));
    if (!same) return std::unexpected(same.error());
    if (*same > 0) return fail(Errc::kExists, "{} asked already", fresh.requester);
    const auto waiting = count(
        query(db_.writer,
              "SELECT count(*) FROM reveals WHERE requester = ? AND state = 1 AND expires > ?",
              fresh.requester, fresh.requested));
    if (!waiting) return std::unexpected(waiting.error());
    if (*waiting >= kMostWaiting)
      return fail(Errc::kTooLarge, "{} requests of {} wait", *waiting, fresh.requester);
    return run(db_.writer,
               "INSERT INTO reveals (id, incident, confidential, state, requester, requester_key, "
               "reason, requested, expires) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)",
               fresh.id, fresh.incident, fresh.confidential, fresh.requester, fresh.requester_key,
               fresh.reason, fresh.requested, fresh.expires);
  });
}

Result<std::optional<Reveal>> SealedReveals::find(std::string_view id, Audience audience,
                                                  Time now) {
  const std::lock_guard lock(db_.reading);
  const std::string sql = fmt::format(fmt::runtime(kRevealColumns), kStateNow);
  return first(query(db_.reader, fmt::format("{} WHERE id = ? AND {}", sql, seen_by(audience, "r")),
                     now, now, id),
               read_reveal);
}

Result<RevealPage> SealedReveals::list(const RevealFilter& filter, Time now) {
  const Conditions where = conditions_of(filter);
  const std::string sql = fmt::format(fmt::runtime(kRevealColumns), kStateNow);
  const std::lock_guard lock(db_.reading);
  auto counting = db_.reader.prepare(fmt::format(
      "SELECT count(*) FROM (SELECT *, {} AS now_state FROM reveals) r{}", kStateNow, where.sql()));
  if (!counting) return std::unexpected(counting.error());
  bind_now(*counting, now, where);
  const auto total = count(std::move(counting));
  if (!total) return std::unexpected(total.error());
  auto listing = db_.reader.prepare(
      fmt::format("{}{} ORDER BY position DESC LIMIT ? OFFSET ?", sql, where.sql()));
  if (!listing) return std::unexpected(listing.error());
  const int bound = bind_now(*listing, now, where);
  bind_value(*listing, bound + 1, std::min(filter.limit, kMostRows));
  bind_value(*listing, bound + 2, filter.offset);
  RevealPage page{{}, static_cast<std::uint64_t>(*total)};
  Status done = each(std::move(listing), [&](const certs::Statement& row) -> Status {
    page.reveals.push_back(read_reveal(row));
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return page;
}

Status SealedReveals::approve(std::string_view id, std::string_view reviewer, ByteView package,
                              Time now, Time package_expires) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status done = run(db_.writer,
                      "UPDATE reveals SET state = 2, reviewer = ?, answered = ?, package = ?, "
                      "package_expires = ? WHERE id = ? AND state = 1 AND expires > ? AND "
                      "requester <> ?",
                      reviewer, now, package, package_expires, id, now, reviewer);
    return done ? refuse_change(db_.writer, id, "requester", reviewer, false) : done;
  });
}

Status SealedReveals::refuse(std::string_view id, std::string_view reviewer,
                             std::string_view answer, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status done = run(db_.writer,
                      "UPDATE reveals SET state = 3, reviewer = ?, answered = ?, answer = ? WHERE "
                      "id = ? AND state = 1 AND expires > ? AND requester <> ?",
                      reviewer, now, answer, id, now, reviewer);
    return done ? refuse_change(db_.writer, id, "requester", reviewer, false) : done;
  });
}

Status SealedReveals::withdraw(std::string_view id, std::string_view requester, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status done = run(db_.writer,
                      "UPDATE reveals SET state = 4, package = NULL WHERE id = ? AND requester = ? "
                      "AND ((state = 1 AND expires > ?) OR (state = 2 AND package_expires > ?))",
                      id, requester, now, now);
    return done ? refuse_change(db_.writer, id, "requester", requester, true) : done;
  });
}

Result<std::optional<Bytes>> SealedReveals::take(std::string_view id, std::string_view requester,
                                                 Time now) {
  const std::lock_guard lock(db_.writing);
  std::optional<Bytes> package;
  Status done = db_.writer.transaction([&]() -> Status {
    auto found = first(query(db_.writer,
                             "SELECT package FROM reveals WHERE id = ? AND requester = ? AND state "
                             "= 2 AND package_expires > ?",
                             id, requester, now),
                       [](const certs::Statement& row) { return row.blob(0); });
    if (!found) return std::unexpected(found.error());
    package = std::move(*found);
    if (!package) return {};
    return run(db_.writer, "UPDATE reveals SET taken = coalesce(taken, ?) WHERE id = ?", now, id);
  });
  if (!done) return std::unexpected(done.error());
  return package;
}

Result<std::uint64_t> SealedReveals::expire(Time now) {
  const std::lock_guard lock(db_.writing);
  Status done = run(db_.writer,
                    "UPDATE reveals SET state = 5, package = NULL WHERE (state = 1 AND expires <= "
                    "?) OR (state = 2 AND package_expires <= ?)",
                    now, now);
  if (!done) return std::unexpected(done.error());
  return static_cast<std::uint64_t>(db_.writer.changes());
}

}  // namespace huxin::store
