#include <sstream>

#include "collector/assess/json.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_assessment.hpp"

namespace huxin::store {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, branch, period, domains, items_version, assignee, due, planned_by, planned, "
    "submitted FROM inspections";

assess::Inspection read_inspection(const certs::Statement& row) {
  assess::Inspection found;
  found.id = count_at(row, 0);
  found.branch = row.text(1);
  if (const auto period = assess::Period::from(row.text(2))) found.period = *period;
  found.domains = domains_of(row.text(3));
  found.items_version = row.text(4);
  found.assignee = row.text(5);
  if (!row.is_null(6)) found.due = row.integer(6);
  found.planned_by = row.text(7);
  found.planned = time_at(row, 8);
  if (!row.is_null(9)) found.submitted = time_at(row, 9);
  return found;
}

assess::Answer read_answer(const certs::Statement& row) {
  assess::Answer entry;
  entry.id = count_at(row, 0);
  entry.item = static_cast<int>(row.integer(1));
  entry.verdict = assess::verdict_from(row.text(2)).value_or(assess::Verdict::kFail);
  entry.note = row.text(3);
  entry.evidence = assess::evidence_of(row.text(4));
  if (const auto suggested = assess::verdict_from(row.text(5))) entry.suggested = *suggested;
  entry.correction = row.integer(6) != 0;
  entry.by = row.text(7);
  entry.time = time_at(row, 8);
  return entry;
}

Status read_answers(certs::SealedDatabase& db, assess::Inspection& of) {
  return each(query(db,
                    "SELECT id, item, verdict, note, evidence, suggested, correction, by, time "
                    "FROM answers WHERE inspection = ? ORDER BY id",
                    of.id),
              [&](const certs::Statement& row) -> Status {
                of.answers.push_back(read_answer(row));
                return {};
              });
}

/// Whether it was submitted; kNotFound when there is none.
Result<bool> submitted(certs::SealedDatabase& db, std::uint64_t inspection) {
  const auto found =
      first(query(db, "SELECT submitted IS NOT NULL FROM inspections WHERE id = ?", inspection),
            [](const certs::Statement& row) { return row.integer(0) != 0; });
  if (!found) return std::unexpected(found.error());
  if (!*found) return fail(Errc::kNotFound, "no inspection {}", inspection);
  return **found;
}

Status must_be_open(certs::SealedDatabase& db, std::uint64_t inspection) {
  const Result<bool> closed = submitted(db, inspection);
  if (!closed) return std::unexpected(closed.error());
  if (*closed) return fail(Errc::kDenied, "inspection {} was submitted", inspection);
  return {};
}

Status open_rectification(certs::SealedDatabase& db, std::uint64_t inspection,
                          const NewFinding& finding, std::string_view by, Time now) {
  Status done =
      run(db,
          "INSERT INTO rectifications (inspection, item, branch, domains, finding, owner, "
          "due, opened, state) SELECT id, ?, branch, ?, ?, ?, ?, ?, 'open' FROM "
          "inspections WHERE id = ?",
          finding.item, domains_text(finding.domains), finding.finding, finding.owner, finding.due,
          now, inspection);
  if (!done) return done;
  return run(db,
             "INSERT INTO rectification_events (rectification, kind, note, evidence, by, time) "
             "VALUES (?, 'opened', ?, '[]', ?, ?)",
             db.last_row(), finding.finding, by, now);
}

}  // namespace

std::string domains_text(const std::vector<assess::Domain>& domains) {
  std::string text;
  for (const assess::Domain domain : domains)
    text.append(text.empty() ? "" : ",").append(assess::to_string(domain));
  return text;
}

std::vector<assess::Domain> domains_of(const std::string& text) {
  std::vector<assess::Domain> domains;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    if (const auto domain = assess::domain_from(part)) domains.push_back(*domain);
  }
  return domains;
}

Result<std::uint64_t> SealedAssessment::plan(const NewInspection& wanted,
                                             std::string_view items_version, std::string_view by,
                                             Time now) {
  const std::lock_guard lock(db_.writing);
  const Status done =
      run(db_.writer,
          "INSERT INTO inspections (branch, period, domains, items_version, assignee, due, "
          "planned_by, planned) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          wanted.branch, wanted.period, domains_text(wanted.domains), items_version,
          wanted.assignee, wanted.due, by, now);
  if (!done) return std::unexpected(done.error());
  return static_cast<std::uint64_t>(db_.writer.last_row());
}

Status SealedAssessment::assign(std::uint64_t inspection, std::string_view assignee,
                                std::optional<std::int64_t> due) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    if (Status open = must_be_open(db_.writer, inspection); !open) return open;
    return run(db_.writer, "UPDATE inspections SET assignee = ?, due = ? WHERE id = ?", assignee,
               due, inspection);
  });
}

Result<std::vector<assess::Inspection>> SealedAssessment::inspections(std::string_view assignee) {
  const std::lock_guard lock(db_.reading);
  std::vector<assess::Inspection> all;
  Status done =
      each(query(db_.reader, fmt::format("{} WHERE ? IN ('', assignee) ORDER BY id DESC", kColumns),
                 assignee),
           [&](const certs::Statement& row) -> Status {
             all.push_back(read_inspection(row));
             return read_answers(db_.reader, all.back());
           });
  if (!done) return std::unexpected(done.error());
  return all;
}

Result<std::optional<assess::Inspection>> SealedAssessment::inspection(std::uint64_t id) {
  const std::lock_guard lock(db_.reading);
  auto found =
      first(query(db_.reader, fmt::format("{} WHERE id = ?", kColumns), id), read_inspection);
  if (found && *found) {
    if (Status done = read_answers(db_.reader, **found); !done)
      return std::unexpected(done.error());
  }
  return found;
}

Status SealedAssessment::answer(std::uint64_t inspection, const NewAnswer& entry, bool correction,
                                std::string_view by, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const Result<bool> closed = submitted(db_.writer, inspection);
    if (!closed) return std::unexpected(closed.error());
    if (*closed && !correction)
      return fail(Errc::kDenied, "inspection {} was submitted", inspection);
    if (!*closed && correction)
      return fail(Errc::kDenied, "inspection {} is open: answer it", inspection);
    return run(db_.writer,
               "INSERT INTO answers (inspection, item, verdict, note, evidence, suggested, "
               "correction, by, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
               inspection, entry.item, assess::to_string(entry.verdict), entry.note,
               assess::evidence_text(entry.evidence),
               entry.suggested ? assess::to_string(*entry.suggested) : std::string_view{},
               correction, by, now);
  });
}

Status SealedAssessment::submit(std::uint64_t inspection, const std::vector<NewFinding>& findings,
                                std::string_view by, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status done = must_be_open(db_.writer, inspection);
    if (done)
      done = run(db_.writer, "UPDATE inspections SET submitted = ? WHERE id = ?", now, inspection);
    for (const NewFinding& finding : findings) {
      if (done) done = open_rectification(db_.writer, inspection, finding, by, now);
    }
    return done;
  });
}

}  // namespace huxin::store
