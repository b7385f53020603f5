#include <algorithm>

#include "agent/discover/inventory_tables.hpp"
#include "agent/discover/rows.hpp"
#include "policy/base/digest.hpp"
#include "policy/record/confidential.hpp"

namespace huxin::discover {
namespace {

using rows::count_at;
using rows::time_at;

constexpr std::int64_t kRunsKept = 100;
enum class Scope : std::uint8_t { kMet, kFolders, kElsewhere, kAll };

std::string scope_of(const Run& run, Scope which) {
  if (which == Scope::kAll) return "1";
  if (which == Scope::kMet) return fmt::format("run = {}", run.number);
  std::string scope;
  for (std::size_t i = 0; i < run.folders.size(); ++i) {
    scope += fmt::format("{}path = ?{} OR (path >= ?{} AND path < ?{})", i == 0 ? "(" : " OR ",
                         3 * i + 1, 3 * i + 2, 3 * i + 3);
  }
  scope = scope.empty() ? "0" : scope + ")";
  return which == Scope::kElsewhere ? "NOT " + scope : scope;
}

/// Prepares a statement over a run's scope and binds its folders.
Result<certs::Statement> over(certs::SealedDatabase& db, const Run& run, Scope scope,
                              std::string_view before, std::string_view after) {
  auto statement = db.prepare(fmt::format("{} WHERE {} {}", before, scope_of(run, scope), after));
  if (!statement || scope == Scope::kMet || scope == Scope::kAll) return statement;
  int at = 0;
  for (const auto& folder : run.folders) {
    const rows::Below below(folder);
    rows::put(*statement, ++at, folder);
    rows::put(*statement, ++at, as_bytes(below.from));
    rows::put(*statement, ++at, as_bytes(below.to));
  }
  return statement;
}

/// Lets files without confidential elements through.
std::string general() {
  return fmt::format(
      "AND files.id NOT IN (SELECT file FROM elements WHERE element BETWEEN {} AND {})",
      record::kFirstConfidential, record::kLastConfidential);
}

/// Adds to `sum` what was found in files, of those `which` ("AND …") lets through.
Status sum_found(certs::SealedDatabase& db, const Run& run, Scope scope, Time now,
                 std::string_view which, record::Inventory& sum) {
  Status read = rows::each(
      over(db, run, scope,
           fmt::format("SELECT coalesce(sum(level > 0), 0), coalesce(sum(customers), 0), "
                       "coalesce(sum(due IS NOT NULL AND due <= {} AND level > 0), 0) FROM files",
                       now.time_since_epoch().count()),
           which),
      [&](const certs::Statement& row) {
        sum.set_with_findings(count_at(row, 0));
        sum.set_customers(count_at(row, 1));
        sum.set_overdue(count_at(row, 2));
        return false;
      });
  if (!read) return read;
  read = rows::each(
      over(db, run, scope,
           "SELECT element, count(*) FROM elements JOIN files ON files.id = elements.file",
           fmt::format("{} GROUP BY element ORDER BY element", which)),
      [&](const certs::Statement& row) {
        record::ElementCount& count = *sum.add_counts();
        count.set_element(static_cast<std::uint32_t>(row.integer(0)));
        count.set_findings(count_at(row, 1));
        return true;
      });
  if (!read) return read;
  return rows::each(over(db, run, scope, "SELECT level, count(*) FROM files",
                         fmt::format("{} AND level > 0 GROUP BY level", which)),
                    [&](const certs::Statement& row) {
                      (*sum.mutable_levels())[fmt::format("C{}", row.integer(0))] =
                          count_at(row, 1);
                      return true;
                    });
}

}  // namespace

Result<Run> SealedInventory::begin(const std::vector<std::filesystem::path>& folders,
                                   std::string_view origin, Time now) {
  const std::lock_guard lock(mutex_);
  Run run{.id = random_bytes(16),
          .started = now,
          .origin = std::string(origin),
          .folders = folders,
          .cursor = {}};
  const Status done = database_.transaction([&]() -> Status {
    Status begun = rows::run(database_,
                             "INSERT INTO runs (id, started, origin, state, cursor) VALUES "
                             "(?, ?, ?, 'running', x'')",
                             ByteView(run.id), now, origin);
    run.number = database_.last_row();
    for (std::size_t place = 0; begun && place < folders.size(); ++place) {
      begun = rows::run(database_, "INSERT INTO run_folders (run, place, path) VALUES (?, ?, ?)",
                        run.number, place, folders[place]);
    }
    if (!begun) return begun;
    return rows::run(database_, "DELETE FROM runs WHERE number <= ?", run.number - kRunsKept);
  });
  if (!done) return std::unexpected(done.error());
  return run;
}

Result<std::optional<Run>> SealedInventory::unfinished() {
  const std::lock_guard lock(mutex_);
  std::optional<Run> newest;
  Status read = rows::each(rows::query(database_,
                                       "SELECT number, id, started, origin, cursor, state FROM "
                                       "runs ORDER BY number DESC LIMIT 1"),
                           [&](const certs::Statement& row) {
                             if (row.text(5) == "complete") return false;
                             newest = Run{.number = row.integer(0),
                                          .id = row.blob(1),
                                          .started = time_at(row, 2),
                                          .origin = row.text(3),
                                          .folders = {},
                                          .cursor = rows::path_at(row, 4),
                                          .stopped = row.text(5) == "stopped"};
                             return false;
                           });
  if (!read) return std::unexpected(read.error());
  if (!newest) return newest;
  read =
      rows::each(rows::query(database_, "SELECT path FROM run_folders WHERE run = ? ORDER BY place",
                             newest->number),
                 [&](const certs::Statement& row) {
                   newest->folders.push_back(rows::path_at(row, 0));
                   return true;
                 });
  if (!read) return std::unexpected(read.error());
  return newest;
}

Result<std::optional<Time>> SealedInventory::last_begun(std::string_view origin) {
  const std::lock_guard lock(mutex_);
  std::optional<Time> last;
  const Status read =
      rows::each(rows::query(database_, "SELECT max(started) FROM runs WHERE origin = ?", origin),
                 [&](const certs::Statement& row) {
                   if (!row.is_null(0)) last = time_at(row, 0);
                   return false;
                 });
  if (!read) return std::unexpected(read.error());
  return last;
}

Status SealedInventory::checkpoint(std::int64_t run, const std::filesystem::path& cursor) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Status {
    if (Status written = write_notes(); !written) return written;
    return rows::run(database_, "UPDATE runs SET cursor = ?, state = 'running' WHERE number = ?",
                     cursor, run);
  });
}

Status SealedInventory::lose(std::int64_t run, const std::filesystem::path& folder,
                             std::string_view reason) {
  const std::lock_guard lock(mutex_);
  const rows::Below below(folder);
  return database_.transaction([&]() -> Status {
    if (Status written = write_notes(); !written) return written;
    Status kept = rows::run(database_, "UPDATE files SET run = ? WHERE path >= ? AND path < ?", run,
                            as_bytes(below.from), as_bytes(below.to));
    if (!kept) return kept;
    return rows::run(database_,
                     "INSERT INTO run_losses (run, reason, count) VALUES (?, ?, 1) ON CONFLICT "
                     "(run, reason) DO UPDATE SET count = count + 1",
                     run, reason);
  });
}

/// Drops what lay below the run's folders and was met neither by it nor, meanwhile, by an event.
Status SealedInventory::drop_unmet(const Run& run) {
  size_.reset();
  auto statement = over(database_, run, Scope::kFolders, "DELETE FROM files",
                        fmt::format("AND run <> {} AND last_seen < {}", run.number,
                                    run.started.time_since_epoch().count()));
  if (!statement) return std::unexpected(statement.error());
  return statement->run();
}

Result<Inventory::Sum> SealedInventory::finish(const Run& run, bool complete, Time now) {
  const std::lock_guard lock(mutex_);
  Sum sum;
  const Status done = database_.transaction([&]() -> Status {
    Status step = write_notes();
    if (step && complete) step = drop_unmet(run);
    if (step) {
      step = rows::run(database_, "UPDATE runs SET state = ?, ended = ? WHERE number = ?",
                       std::string_view(complete ? "complete" : "stopped"), now, run.number);
    }
    if (!step) return step;
    for (const bool whole : {false, true}) {
      auto summed = sum_up(run, complete, whole, now);
      if (!summed) return std::unexpected(summed.error());
      (whole ? sum.whole : sum.run) = *std::move(summed);
    }
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return sum;
}

Result<std::vector<std::filesystem::path>> SealedInventory::elsewhere(
    const std::vector<std::filesystem::path>& folders) {
  const std::lock_guard lock(mutex_);
  if (const Status written = flush_held(); !written) return std::unexpected(written.error());
  std::vector<std::filesystem::path> found;
  const Run over_folders{.folders = folders};
  const Status read =
      rows::each(over(database_, over_folders, Scope::kElsewhere, "SELECT path FROM files", ""),
                 [&](const certs::Statement& row) {
                   found.push_back(rows::path_at(row, 0));
                   return true;
                 });
  if (!read) return std::unexpected(read.error());
  return found;
}

Result<record::Inventory> SealedInventory::sum_up(const Run& run, bool complete, bool whole,
                                                  Time now) {
  const Scope scope = whole ? Scope::kAll : complete ? Scope::kFolders : Scope::kMet;
  record::Inventory sum;
  sum.set_run(std::string(as_text(run.id)));
  sum.set_started_ms(run.started.time_since_epoch().count());
  sum.set_ended_ms(now.time_since_epoch().count());
  sum.set_complete(complete);
  Status read = rows::each(
      over(database_, run, scope,
           fmt::format("SELECT count(*), coalesce(sum(read_in <> {}), 0) FROM files", run.number),
           ""),
      [&](const certs::Statement& row) {
        sum.set_files(count_at(row, 0));
        sum.set_unchanged(count_at(row, 1));
        return false;
      });
  if (read) read = sum_found(database_, run, scope, now, "", sum);
  const auto confidential = [](const auto& count) {
    return record::is_confidential(count.element());
  };
  if (read && std::ranges::any_of(sum.counts(), confidential))
    read = sum_found(database_, run, scope, now, general(), *sum.mutable_general());
  const auto add = [&](auto statement, const auto& take) {
    if (read) read = rows::each(std::move(statement), take);
  };
  add(over(database_, run, scope, "SELECT reason, count(*) FROM files",
           "AND reason <> '' GROUP BY reason"),
      [&](const certs::Statement& row) {
        (*sum.mutable_not_inspected())[row.text(0)] = count_at(row, 1);
        return true;
      });
  add(rows::query(database_, "SELECT reason, count FROM run_losses WHERE run = ?", run.number),
      [&](const certs::Statement& row) {
        (*sum.mutable_not_inspected())[row.text(0)] += count_at(row, 1);
        return true;
      });
  if (!read) return std::unexpected(read.error());
  return sum;
}

}  // namespace huxin::discover
