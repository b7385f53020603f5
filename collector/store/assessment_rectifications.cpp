#include "collector/assess/json.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_assessment.hpp"

namespace huxin::store {
namespace {

assess::Rectification read_rectification(const certs::Statement& row) {
  assess::Rectification found;
  found.id = count_at(row, 0);
  found.inspection = count_at(row, 1);
  found.item = static_cast<int>(row.integer(2));
  found.branch = row.text(3);
  found.domains = domains_of(row.text(4));
  found.finding = row.text(5);
  found.owner = row.text(6);
  found.due = row.integer(7);
  found.opened = time_at(row, 8);
  found.state = row.text(9);
  if (!row.is_null(10)) found.reported = time_at(row, 10);
  if (!row.is_null(11)) found.closed = time_at(row, 11);
  return found;
}

Status read_events(certs::SealedDatabase& db, assess::Rectification& of) {
  return each(query(db,
                    "SELECT kind, note, evidence, by, time FROM rectification_events WHERE "
                    "rectification = ? ORDER BY id",
                    of.id),
              [&](const certs::Statement& row) -> Status {
                of.events.push_back({row.text(0), row.text(1), assess::evidence_of(row.text(2)),
                                     row.text(3), time_at(row, 4)});
                return {};
              });
}

Status add_event(certs::SealedDatabase& db, std::uint64_t id, std::string_view kind,
                 std::string_view note, const std::vector<assess::Evidence>& evidence,
                 std::string_view by, Time now) {
  return run(db,
             "INSERT INTO rectification_events (rectification, kind, note, evidence, by, time) "
             "VALUES (?, ?, ?, ?, ?, ?)",
             id, kind, note, assess::evidence_text(evidence), by, now);
}

Result<std::string> state_of(certs::SealedDatabase& db, std::uint64_t id) {
  const auto found = first(query(db, "SELECT state FROM rectifications WHERE id = ?", id),
                           [](const certs::Statement& row) { return row.text(0); });
  if (!found) return std::unexpected(found.error());
  if (!*found) return fail(Errc::kNotFound, "no rectification {}", id);
  return **found;
}

assess::Mark read_mark(const certs::Statement& row) {
  assess::Mark mark;
  mark.id = count_at(row, 0);
  mark.branch = row.text(1);
  if (const auto period = assess::Period::from(row.text(2))) mark.period = *period;
  mark.kind = row.text(3);
  mark.reason = row.text(4);
  mark.evidence = assess::evidence_of(row.text(5));
  mark.by = row.text(6);
  mark.time = time_at(row, 7);
  if (!row.is_null(8)) mark.withdraws = count_at(row, 8);
  return mark;
}

}  // namespace

Result<std::vector<assess::Rectification>> SealedAssessment::rectifications() {
  const std::lock_guard lock(db_.reading);
  std::vector<assess::Rectification> all;
  const Status done =
      each(query(db_.reader,
                 "SELECT id, inspection, item, branch, domains, finding, owner, "
                 "due, opened, state, reported, closed FROM rectifications ORDER BY id"),
           [&](const certs::Statement& row) -> Status {
             all.push_back(read_rectification(row));
             return read_events(db_.reader, all.back());
           });
  if (!done) return std::unexpected(done.error());
  return all;
}

Status SealedAssessment::assign_rectification(std::uint64_t id, std::string_view owner,
                                              std::int64_t due, std::string_view note,
                                              std::string_view by, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const auto state = state_of(db_.writer, id);
    if (!state) return std::unexpected(state.error());
    if (*state == "closed") return fail(Errc::kDenied, "rectification {} is closed", id);
    const Status done = run(db_.writer, "UPDATE rectifications SET owner = ?, due = ? WHERE id = ?",
                            owner, due, id);
    if (!done) return done;
    const std::string said =
        fmt::format("{} · {}{}{}", owner, assess::day_text(due), note.empty() ? "" : " · ", note);
    return add_event(db_.writer, id, "assigned", said, {}, by, now);
  });
}

Status SealedAssessment::note_rectification(std::uint64_t id, std::string_view kind,
                                            std::string_view note,
                                            const std::vector<assess::Evidence>& evidence,
                                            std::string_view by, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const auto state = state_of(db_.writer, id);
    if (!state) return std::unexpected(state.error());
    const bool reports = kind == "reported";
    if (*state != (reports ? "open" : "reported"))
      return fail(Errc::kDenied, "rectification {} is {}", id, *state);
    Status done;
    if (reports) {
      done =
          run(db_.writer, "UPDATE rectifications SET state = 'reported', reported = ? WHERE id = ?",
              now, id);
    } else if (kind == "passed") {
      done = run(db_.writer, "UPDATE rectifications SET state = 'closed', closed = ? WHERE id = ?",
                 now, id);
    } else {
      done = run(db_.writer,
                 "UPDATE rectifications SET state = 'open', reported = NULL WHERE id = ?", id);
    }
    return done ? add_event(db_.writer, id, kind, note, evidence, by, now) : done;
  });
}

Result<std::vector<assess::Mark>> SealedAssessment::marks() {
  const std::lock_guard lock(db_.reading);
  std::vector<assess::Mark> all;
  const Status done = each(query(db_.reader,
                                 "SELECT id, branch, period, kind, reason, evidence, by, time, "
                                 "withdraws FROM marks ORDER BY id"),
                           [&](const certs::Statement& row) -> Status {
                             all.push_back(read_mark(row));
                             return {};
                           });
  if (!done) return std::unexpected(done.error());
  return all;
}

Result<std::uint64_t> SealedAssessment::add_mark(const assess::Mark& mark) {
  const std::lock_guard lock(db_.writing);
  const Status done = run(db_.writer,
                          "INSERT INTO marks (branch, period, kind, reason, evidence, by, time, "
                          "withdraws) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                          mark.branch, mark.period.text(), mark.kind, mark.reason,
                          assess::evidence_text(mark.evidence), mark.by, mark.time, mark.withdraws);
  if (!done) return std::unexpected(done.error());
  return static_cast<std::uint64_t>(db_.writer.last_row());
}

}  // namespace huxin::store
