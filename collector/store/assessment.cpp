#include "collector/store/query.hpp"
#include "collector/store/sealed_assessment.hpp"

namespace huxin::store {
namespace {

assess::Branch read_branch(const certs::Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3)};
}

ClosedPeriod read_closed(const certs::Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), time_at(row, 5)};
}

/// A code that something still refers to and the tree has no longer.
Status refuse_lost(certs::SealedDatabase& db) {
  const auto lost = first(query(db,
                                "SELECT branch FROM (SELECT branch FROM staff UNION SELECT branch "
                                "FROM inspections UNION SELECT branch FROM marks) WHERE branch NOT "
                                "IN (SELECT code FROM branches) ORDER BY 1"),
                          [](const certs::Statement& row) { return row.text(0); });
  if (!lost) return std::unexpected(lost.error());
  if (!*lost) return {};
  return fail(Errc::kInvalid, "branch {} still has staff, an inspection or a mark", **lost);
}

}  // namespace

Status SealedAssessment::replace_branches(const std::vector<assess::Branch>& branches) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status done = run(db_.writer, "DELETE FROM branches");
    std::size_t place = 0;
    for (const assess::Branch& branch : branches) {
      if (!done) break;
      done = run(db_.writer,
                 "INSERT INTO branches (code, name, parent, accountable, place) VALUES "
                 "(?, ?, ?, ?, ?)",
                 branch.code, branch.name, branch.parent, branch.accountable, place++);
    }
    return done ? refuse_lost(db_.writer) : done;
  });
}

Result<std::vector<assess::Branch>> SealedAssessment::branches() {
  const std::lock_guard lock(db_.reading);
  std::vector<assess::Branch> all;
  const Status done =
      each(query(db_.reader, "SELECT code, name, parent, accountable FROM branches ORDER BY place"),
           [&](const certs::Statement& row) -> Status {
             all.push_back(read_branch(row));
             return {};
           });
  if (!done) return std::unexpected(done.error());
  return all;
}

Status SealedAssessment::replace_staff(const std::vector<assess::Staff>& staff) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status done = run(db_.writer, "DELETE FROM staff");
    for (const assess::Staff& person : staff) {
      if (!done) break;
      done = run(db_.writer,
                 "INSERT INTO staff (number, name, branch, role, aml, credit, left_on) VALUES "
                 "(?, ?, ?, ?, ?, ?, ?)",
                 person.number, person.name, person.branch, person.role, person.aml, person.credit,
                 person.left_on);
    }
    return done ? refuse_lost(db_.writer) : done;
  });
}

Result<StaffPage> SealedAssessment::staff(std::string_view branch, std::size_t offset,
                                          std::size_t limit) {
  const std::lock_guard lock(db_.reading);
  StaffPage page;
  const auto total =
      first(query(db_.reader, "SELECT count(*) FROM staff WHERE ? IN ('', branch)", branch),
            [](const certs::Statement& row) { return count_at(row, 0); });
  if (!total) return std::unexpected(total.error());
  page.total = total->value_or(0);
  const Status done =
      each(query(db_.reader,
                 "SELECT number, name, branch, role, aml, credit, left_on FROM staff WHERE ? IN "
                 "('', branch) ORDER BY number LIMIT ? OFFSET ?",
                 branch, limit, offset),
           [&](const certs::Statement& row) -> Status {
             page.staff.push_back({row.text(0), row.text(1), row.text(2), row.text(3),
                                   row.integer(4) != 0, row.integer(5) != 0, std::nullopt});
             if (!row.is_null(6)) page.staff.back().left_on = row.integer(6);
             return {};
           });
  if (!done) return std::unexpected(done.error());
  return page;
}

Status SealedAssessment::keep_data(std::string_view kind, std::string_view version,
                                   std::string_view text, Time now) {
  const std::lock_guard lock(db_.writing);
  // In this order, so that of two at once with the same text the second finds it kept.
  Status put = run(db_.writer,
                   "INSERT INTO assess_data (kind, version, text, added) VALUES (?, ?, ?, ?) ON "
                   "CONFLICT (kind, version) DO NOTHING",
                   kind, version, text, now);
  if (!put) return put;
  const auto kept =
      first(query(db_.writer, "SELECT text = ? FROM assess_data WHERE kind = ? AND version = ?",
                  text, kind, version),
            [](const certs::Statement& row) { return row.integer(0) != 0; });
  if (!kept) return std::unexpected(kept.error());
  if (kept->value_or(false)) return {};
  return fail(Errc::kExists, "version {} of the {} has another text", version, kind);
}

Result<std::optional<std::string>> SealedAssessment::data(std::string_view kind,
                                                          std::string_view version) {
  const std::lock_guard lock(db_.reading);
  return first(query(db_.reader, "SELECT text FROM assess_data WHERE kind = ? AND version = ?",
                     kind, version),
               [](const certs::Statement& row) { return row.text(0); });
}

Status SealedAssessment::put_in_force(const RulesInForce& rules, std::string_view text) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const auto kept =
        first(query(db_.writer, "SELECT text FROM assess_data WHERE kind = ? AND version = ?",
                    rules.kind, rules.version),
              [](const certs::Statement& row) { return row.text(0); });
    if (!kept) return std::unexpected(kept.error());
    if (*kept && **kept != text)
      return fail(Errc::kExists, "version {} is kept with another text: give it another version",
                  rules.version);
    Status done;
    if (!*kept)
      done = run(db_.writer,
                 "INSERT INTO assess_data (kind, version, text, added) VALUES (?, ?, ?, ?)",
                 rules.kind, rules.version, text, rules.time);
    if (!done) return done;
    return run(
        db_.writer,
        "INSERT INTO assess_in_force (kind, version, since, by, time) VALUES (?, ?, ?, ?, ?)",
        rules.kind, rules.version, rules.from, rules.by, rules.time);
  });
}

Result<std::vector<RulesInForce>> SealedAssessment::in_force() {
  const std::lock_guard lock(db_.reading);
  std::vector<RulesInForce> all;
  const Status done =
      each(query(db_.reader,
                 "SELECT kind, version, since, by, time FROM assess_in_force ORDER BY number"),
           [&](const certs::Statement& row) -> Status {
             all.push_back({row.text(0), row.text(1), row.text(2), row.text(3), time_at(row, 4)});
             return {};
           });
  if (!done) return std::unexpected(done.error());
  return all;
}

Status SealedAssessment::close_period(const ClosedPeriod& closed) {
  const std::lock_guard lock(db_.writing);
  return run(db_.writer,
             "INSERT INTO closed_periods (period, inputs, model_version, digest, by, time) VALUES "
             "(?, ?, ?, ?, ?, ?)",
             closed.period, closed.inputs, closed.model_version, closed.digest, closed.by,
             closed.time);
}

Result<std::optional<ClosedPeriod>> SealedAssessment::closed_period(std::string_view period) {
  const std::lock_guard lock(db_.reading);
  return first(query(db_.reader,
                     "SELECT period, inputs, model_version, digest, by, time FROM closed_periods "
                     "WHERE period = ?",
                     period),
               read_closed);
}

Result<std::vector<ClosedPeriod>> SealedAssessment::closed_periods() {
  const std::lock_guard lock(db_.reading);
  std::vector<ClosedPeriod> all;
  const Status done = each(query(db_.reader,
                                 "SELECT period, '', model_version, digest, by, time FROM "
                                 "closed_periods ORDER BY period"),
                           [&](const certs::Statement& row) -> Status {
                             all.push_back(read_closed(row));
                             return {};
                           });
  if (!done) return std::unexpected(done.error());
  return all;
}

}  // namespace huxin::store
