#include "collector/store/cases.hpp"

#include <algorithm>

#include "collector/store/conditions.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_cases.hpp"

namespace huxin::store {
namespace {

constexpr std::size_t kMostRows = 500;
constexpr std::string_view kColumns =
    "SELECT number, version, title, state, severity, owner, discovered, opened, due, opened_by, "
    "closed, verdict, confidential FROM cases";

/// 0 for what is no case's id.
std::int64_t number_of(std::string_view id) {
  const bool confidential = id.starts_with("R-");
  if ((!confidential && !id.starts_with("C-")) || id.size() < 8 || id.size() > 14) return 0;
  std::int64_t number = 0;
  for (const char c : id.substr(2)) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + (c - '0');
  }
  if (confidential) number = -number;
  return number != 0 && case_id(number) == id ? number : 0;
}

/// The next of its series: a confidential case leaves no gap in the numbers of the others.
Result<std::int64_t> next_number(certs::SealedDatabase& db, bool confidential) {
  const auto last = first(
      query(db, confidential ? "SELECT min(number) FROM cases" : "SELECT max(number) FROM cases"),
      [](const certs::Statement& row) { return row.is_null(0) ? 0 : row.integer(0); });
  if (!last) return std::unexpected(last.error());
  const std::int64_t from = last->value_or(0);
  return confidential ? std::min<std::int64_t>(from, 0) - 1 : std::max<std::int64_t>(from, 0) + 1;
}

Case read_case(const certs::Statement& row) {
  Case found;
  found.id = case_id(row.integer(0));
  found.version = count_at(row, 1);
  found.title = row.text(2);
  found.state = static_cast<CaseState>(std::clamp<std::int64_t>(row.integer(3), 1, 4));
  found.severity = static_cast<std::uint32_t>(row.integer(4));
  found.owner = row.text(5);
  found.discovered = time_at(row, 6);
  found.opened = time_at(row, 7);
  found.due = time_at(row, 8);
  found.opened_by = row.text(9);
  if (!row.is_null(10)) found.closed = time_at(row, 10);
  found.verdict = row.text(11);
  found.confidential = row.integer(12) != 0;
  return found;
}

Status read_incidents(certs::SealedDatabase& db, std::int64_t number, Case& into) {
  return each(
      query(db, "SELECT incident FROM case_incidents WHERE number = ? ORDER BY rowid", number),
      [&](const certs::Statement& row) -> Status {
        into.incidents.push_back(row.text(0));
        return {};
      });
}

Status read_marks(certs::SealedDatabase& db, std::int64_t number, Case& into) {
  return each(
      query(db, "SELECT kind, name, by, at FROM case_marks WHERE number = ? ORDER BY at", number),
      [&](const certs::Statement& row) -> Status {
        into.marks.push_back({row.text(0), row.text(1), row.text(2), time_at(row, 3)});
        return {};
      });
}

Status append(certs::SealedDatabase& db, std::int64_t number, const CaseEvent& event) {
  return run(db,
             "INSERT INTO case_events (number, time, by, what, from_value, to_value, text) VALUES "
             "(?, ?, ?, ?, ?, ?, ?)",
             number, event.time, event.by, event.what, event.from, event.to, event.text);
}

Status add_incident(certs::SealedDatabase& db, std::int64_t number, const std::string& incident) {
  const auto kept =
      first(query(db,
                  "SELECT (SELECT number FROM case_incidents c WHERE c.incident = i.id) FROM "
                  "incidents i WHERE i.id = ?",
                  incident),
            [](const certs::Statement& row) { return row.integer(0); });
  if (!kept) return std::unexpected(kept.error());
  if (!*kept) return fail(Errc::kNotFound, "incident {}", incident);
  if (**kept != 0) return fail(Errc::kExists, "incident {} is in {}", incident, case_id(**kept));
  return run(db, "INSERT INTO case_incidents (incident, number) VALUES (?, ?)", incident, number);
}

Status write_marks(certs::SealedDatabase& db, std::int64_t number, const Case& after) {
  Status done = run(db, "DELETE FROM case_marks WHERE number = ?", number);
  for (const CaseMark& mark : after.marks) {
    if (!done) return done;
    done = run(db, "INSERT INTO case_marks (number, kind, name, by, at) VALUES (?, ?, ?, ?, ?)",
               number, mark.kind, mark.name, mark.by, mark.at);
  }
  return done;
}

Status update_row(certs::SealedDatabase& db, std::int64_t number, const Case& before,
                  const Case& after) {
  if (Status done =
          run(db,
              "UPDATE cases SET version = version + 1, title = ?, state = ?, severity = "
              "?, owner = ?, due = ?, closed = ?, verdict = ?, confidential = ? WHERE "
              "number = ? AND version = ?",
              after.title, static_cast<int>(after.state), after.severity, after.owner, after.due,
              after.closed, after.verdict, after.confidential, number, before.version);
      !done)
    return done;
  if (db.changes() == 0) return fail(Errc::kExists, "{} was changed meanwhile", before.id);
  return {};
}

Conditions conditions_of(const CaseFilter& filter) {
  Conditions where;
  where.add(seen_by(filter.audience, "cases"));
  if (filter.state) where.add("state = ?", static_cast<std::int64_t>(*filter.state));
  if (filter.not_closed || filter.overdue_at) where.add("state <> 4");
  if (filter.overdue_at)
    where.add("due < ?", std::int64_t{filter.overdue_at->time_since_epoch().count()});
  where.add_number("severity = ?", filter.severity);
  where.add_text("owner = ?", filter.owner);
  where.add_text("verdict = ?", filter.verdict);
  if (!filter.text.empty()) {
    where.add(
        "iif(number < 0, printf('R-%06d', -number), printf('C-%06d', number)) || char(10) || title "
        "LIKE ? ESCAPE '\\'",
        like_anywhere(filter.text));
  }
  return where;
}

}  // namespace

std::string case_id(std::int64_t number) {
  return number < 0 ? fmt::format("R-{:06}", -number) : fmt::format("C-{:06}", number);
}

std::string_view to_string(CaseState state) {
  switch (state) {
    case CaseState::kOpen:
      return "open";
    case CaseState::kInvestigating:
      return "investigating";
    case CaseState::kWaiting:
      return "waiting";
    case CaseState::kClosed:
      return "closed";
  }
  return "open";
}

Result<CaseState> case_state_from(std::string_view text) {
  for (const CaseState state : kAllCaseStates) {
    if (to_string(state) == text) return state;
  }
  return fail(Errc::kInvalid, "{} is none of open, investigating, waiting, closed",
              text.substr(0, 40));
}

Result<std::string> SealedCases::open(const Case& fresh, const CaseEvent& event) {
  const std::lock_guard lock(db_.writing);
  std::int64_t number = 0;
  Status done = db_.writer.transaction([&]() -> Status {
    const auto next = next_number(db_.writer, fresh.confidential);
    if (!next) return std::unexpected(next.error());
    number = *next;
    Status step =
        run(db_.writer,
            "INSERT INTO cases (number, version, title, state, severity, owner, discovered, "
            "opened, due, opened_by, closed, verdict, confidential) VALUES (?, 1, ?, ?, ?, "
            "?, ?, ?, ?, ?, NULL, '', ?)",
            number, fresh.title, static_cast<int>(fresh.state), fresh.severity, fresh.owner,
            fresh.discovered, fresh.opened, fresh.due, fresh.opened_by, fresh.confidential);
    for (const std::string& incident : fresh.incidents) {
      if (step) step = add_incident(db_.writer, number, incident);
    }
    return step ? append(db_.writer, number, event) : step;
  });
  if (!done) return std::unexpected(done.error());
  return case_id(number);
}

Result<std::optional<Case>> SealedCases::find(std::string_view id, Audience audience) {
  const std::int64_t number = number_of(id);
  const std::lock_guard lock(db_.reading);
  auto found = first(
      query(db_.reader,
            fmt::format("{} c WHERE number = ? AND {}", kColumns, seen_by(audience, "c")), number),
      read_case);
  if (!found || !*found) return found;
  Status done = read_incidents(db_.reader, number, **found);
  if (done) done = read_marks(db_.reader, number, **found);
  if (!done) return std::unexpected(done.error());
  return found;
}

Result<std::vector<CaseEvent>> SealedCases::history(std::string_view id) {
  const std::lock_guard lock(db_.reading);
  std::vector<CaseEvent> events;
  Status done = each(query(db_.reader,
                           "SELECT time, by, what, from_value, to_value, text FROM case_events "
                           "WHERE number = ? ORDER BY position",
                           number_of(id)),
                     [&](const certs::Statement& row) -> Status {
                       events.push_back({time_at(row, 0), row.text(1), row.text(2), row.text(3),
                                         row.text(4), row.text(5)});
                       return {};
                     });
  if (!done) return std::unexpected(done.error());
  return events;
}

Result<CasePage> SealedCases::list(const CaseFilter& filter) {
  const Conditions where = conditions_of(filter);
  const std::lock_guard lock(db_.reading);
  auto counting = db_.reader.prepare("SELECT count(*) FROM cases" + where.sql());
  if (!counting) return std::unexpected(counting.error());
  where.bind(*counting);
  const auto total =
      first(std::move(counting), [](const certs::Statement& row) { return count_at(row, 0); });
  if (!total) return std::unexpected(total.error());
  auto listing = db_.reader.prepare(fmt::format(
      "{}{} ORDER BY state = 4, CASE WHEN state = 4 THEN -closed ELSE due END, abs(number) LIMIT ? "
      "OFFSET ?",
      kColumns, where.sql()));
  if (!listing) return std::unexpected(listing.error());
  const int bound = where.bind(*listing);
  bind_value(*listing, bound + 1, std::min(filter.limit, kMostRows));
  bind_value(*listing, bound + 2, filter.offset);
  CasePage page{{}, total->value_or(0)};
  Status done = each(std::move(listing), [&](const certs::Statement& row) -> Status {
    page.cases.push_back(read_case(row));
    return {};
  });
  for (Case& found : page.cases) {
    if (done) done = read_incidents(db_.reader, number_of(found.id), found);
  }
  if (!done) return std::unexpected(done.error());
  return page;
}

Status SealedCases::change(const Case& before, const Case& after,
                           std::span<const CaseEvent> events) {
  const std::int64_t number = number_of(before.id);
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status done = update_row(db_.writer, number, before, after);
    for (const std::string& incident : after.incidents) {
      if (done && std::ranges::count(before.incidents, incident) == 0)
        done = add_incident(db_.writer, number, incident);
    }
    if (done && before.marks != after.marks) done = write_marks(db_.writer, number, after);
    for (const CaseEvent& event : events) {
      if (done) done = append(db_.writer, number, event);
    }
    return done;
  });
}

Status SealedCases::note(std::string_view id, const CaseEvent& event) {
  const std::int64_t number = number_of(id);
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const auto known = first(query(db_.writer, "SELECT 1 FROM cases WHERE number = ?", number),
                             [](const certs::Statement&) { return true; });
    if (!known) return std::unexpected(known.error());
    if (!*known) return fail(Errc::kNotFound, "case {}", id);
    return append(db_.writer, number, event);
  });
}

Result<std::string> SealedCases::case_of(std::string_view incident) {
  const std::lock_guard lock(db_.reading);
  const auto found =
      first(query(db_.reader, "SELECT number FROM case_incidents WHERE incident = ?", incident),
            [](const certs::Statement& row) { return case_id(row.integer(0)); });
  if (!found) return std::unexpected(found.error());
  return found->value_or(std::string{});
}

}  // namespace huxin::store
