#include <algorithm>

#include "collector/store/cases.hpp"
#include "collector/store/conditions.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_store.hpp"

namespace huxin::store {
namespace {

constexpr std::size_t kMostRows = 500;

Conditions conditions_of(const IncidentFilter& filter) {
  Conditions where;
  where.add(seen_by(filter.audience, "i"));
  where.add_time("i.time >= ?", filter.from);
  where.add_time("i.time < ?", filter.to);
  where.add_text("i.terminal = ?", filter.terminal);
  where.add_text("t.branch = ?", filter.branch);
  where.add_text("i.rule = ?", filter.rule);
  where.add_text("i.user = ?", filter.user);
  where.add_number("i.severity = ?", filter.severity);
  where.add_number("i.stage = ?", filter.stage);
  where.add_number("i.channel = ?", filter.channel);
  where.add_number("i.action = ?", filter.action);
  constexpr std::string_view kTagged =
      "EXISTS (SELECT 1 FROM incident_tags g WHERE g.terminal = i.terminal AND g.sequence = "
      "i.sequence AND g.kind = "
      "'{}' AND g.name = ?)";
  where.add_text(fmt::format(kTagged, "domain"), filter.domain);
  where.add_text(fmt::format(kTagged, "teller"), filter.teller);
  where.add_text(fmt::format(kTagged, "institution"), filter.institution);
  where.add_text(fmt::format(kTagged, "profile"), filter.profile);
  where.add_text(fmt::format(kTagged, "authorisation"), filter.authorisation);
  if (filter.element) where.add(fmt::format(kTagged, "element"), std::to_string(*filter.element));
  if (filter.case_state == "none") where.add("c.state IS NULL");
  if (filter.case_state == "any") where.add("c.state IS NOT NULL");
  if (const auto state = case_state_from(filter.case_state))
    where.add("c.state = ?", static_cast<std::int64_t>(*state));
  // char(10) keeps a match from running over two fields.
  if (!filter.text.empty()) {
    where.add(
        "i.path || char(10) || i.destination || char(10) || i.process || char(10) || i.user || "
        "char(10) || "
        "t.hostname LIKE ? ESCAPE '\\'",
        like_anywhere(filter.text));
  }
  return where;
}

constexpr std::string_view kFrom =
    " FROM incidents i JOIN terminals t ON t.id = i.terminal LEFT JOIN case_incidents ci ON "
    "ci.incident = i.id LEFT JOIN cases c ON c.number = ci.number";
constexpr std::string_view kPlace =
    "SELECT i.id, i.terminal, t.hostname, t.branch, i.sequence, i.received, c.number, c.state";
constexpr std::string_view kOutcome =
    "(SELECT o.outcome FROM outcomes o WHERE o.terminal = i.terminal AND o.incident = i.id)";

/// Columns: those of kPlace.
StoredIncident read_place(const certs::Statement& row) {
  StoredIncident found;
  found.id = row.text(0);
  found.terminal = row.text(1);
  found.hostname = row.text(2);
  found.branch = row.text(3);
  found.sequence = count_at(row, 4);
  found.received = time_at(row, 5);
  if (row.is_null(6)) return found;
  found.case_id = case_id(row.integer(6));
  found.case_state =
      to_string(static_cast<CaseState>(std::clamp<std::int64_t>(row.integer(7), 1, 4)));
  return found;
}

Result<std::uint64_t> count_matching(certs::SealedDatabase& db, const Conditions& where) {
  Result<certs::Statement> counting =
      db.prepare(fmt::format("SELECT count(*){}{}", kFrom, where.sql()));
  if (!counting) return std::unexpected(counting.error());
  where.bind(*counting);
  const auto total =
      first(std::move(counting), [](const certs::Statement& row) { return count_at(row, 0); });
  if (!total) return std::unexpected(total.error());
  return total->value_or(0);
}

/// Newest first; a negative limit is none.
Status list_incidents(certs::SealedDatabase& db, const Conditions& where, std::int64_t limit,
                      std::size_t offset, const std::function<void(StoredIncident&&)>& take) {
  Result<certs::Statement> listing = db.prepare(fmt::format(
      "{}, i.summary, {}{}{} ORDER BY i.time DESC, i.terminal, i.sequence DESC LIMIT ? OFFSET ?",
      kPlace, kOutcome, kFrom, where.sql()));
  if (!listing) return std::unexpected(listing.error());
  const int bound = where.bind(*listing);
  bind_value(*listing, bound + 1, limit);
  bind_value(*listing, bound + 2, offset);
  return each(std::move(listing), [&](const certs::Statement& row) -> Status {
    StoredIncident found = read_place(row);
    const Bytes summary = row.blob(8);
    if (!found.incident.ParseFromArray(summary.data(), static_cast<int>(summary.size()))) {
      return fail(Errc::kCorrupt, "{} record {}: its list entry cannot be read", found.terminal,
                  found.sequence);
    }
    if (!row.is_null(9)) found.incident.set_outcome(row.text(9));
    take(std::move(found));
    return {};
  });
}

}  // namespace

Result<IncidentPage> SealedStore::incidents(const IncidentFilter& filter) {
  const Conditions where = conditions_of(filter);
  const std::lock_guard lock(db_.reading);
  const Result<std::uint64_t> total = count_matching(db_.reader, where);
  if (!total) return std::unexpected(total.error());
  IncidentPage page{{}, *total};
  Status done = list_incidents(
      db_.reader, where, static_cast<std::int64_t>(std::min(filter.limit, kMostRows)),
      filter.offset, [&](StoredIncident&& found) { page.incidents.push_back(std::move(found)); });
  if (!done) return std::unexpected(done.error());
  return page;
}

Status SealedStore::each_incident(const IncidentFilter& filter,
                                  const std::function<void(StoredIncident&&)>& take) {
  const std::lock_guard lock(db_.reading);
  return list_incidents(db_.reader, conditions_of(filter), -1, filter.offset, take);
}

Result<std::uint64_t> SealedStore::unreadable() {
  const std::lock_guard lock(db_.reading);
  const auto found = first(query(db_.reader, "SELECT count(*) FROM records WHERE kind = 0"),
                           [](const certs::Statement& row) { return count_at(row, 0); });
  if (!found) return std::unexpected(found.error());
  return found->value_or(0);
}

Result<std::optional<StoredIncident>> SealedStore::incident(std::string_view id,
                                                            Audience audience) {
  const std::lock_guard lock(db_.reading);
  Bytes bytes;
  std::optional<std::string> outcome;
  auto found =
      first(query(db_.reader,
                  fmt::format("{}, r.payload, {}{} JOIN records r ON r.terminal = i.terminal AND "
                              "r.sequence = i.sequence WHERE i.id = ? AND {}",
                              kPlace, kOutcome, kFrom, seen_by(audience, "i")),
                  id),
            [&](const certs::Statement& row) {
              bytes = row.blob(8);
              if (!row.is_null(9)) outcome = row.text(9);
              return read_place(row);
            });
  if (!found || !*found) return found;
  record::Payload payload;
  if (!payload.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      !payload.has_incident()) {
    return fail(Errc::kCorrupt, "{} record {} cannot be read", (*found)->terminal,
                (*found)->sequence);
  }
  (*found)->incident = std::move(*payload.mutable_incident());
  if (outcome) (*found)->incident.set_outcome(*outcome);
  return found;
}

Result<Summary> SealedStore::summary(Time since, Audience audience) {
  constexpr std::int64_t kDayMs = 86'400'000;
  const std::string seen = seen_by(audience, "i");
  const auto slot = [](const certs::Statement& row, int column) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(row.integer(column), 0, 4));
  };
  const std::lock_guard lock(db_.reading);
  Summary counts;
  Status done = each(
      query(db_.reader,
            fmt::format("SELECT severity, count(*) FROM incidents i WHERE {} GROUP BY severity",
                        seen)),
      [&](const certs::Statement& row) -> Status {
        counts.severities[slot(row, 0)] += count_at(row, 1);
        return {};
      });
  if (!done) return std::unexpected(done.error());
  done = each(query(db_.reader,
                    fmt::format("SELECT time / ?, severity, count(*) FROM incidents i WHERE time "
                                ">= ? AND {} GROUP BY 1, 2 ORDER BY 1 LIMIT 10000",
                                seen),
                    kDayMs, since),
              [&](const certs::Statement& row) -> Status {
                const std::chrono::sys_days day(std::chrono::days(row.integer(0)));
                if (counts.days.empty() || counts.days.back().first != day)
                  counts.days.push_back({day, {}});
                counts.days.back().second[slot(row, 1)] += count_at(row, 2);
                return {};
              });
  if (!done) return std::unexpected(done.error());
  return counts;
}

}  // namespace huxin::store
