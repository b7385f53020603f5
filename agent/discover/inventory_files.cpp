#include "agent/discover/inventory_tables.hpp"
#include "agent/discover/rows.hpp"

namespace huxin::discover {
namespace {

using rows::count_at;
using rows::path_at;
using rows::time_at;

constexpr std::size_t kHeld = 256;  ///< changes held in memory before they are written

constexpr std::string_view kColumns =
    "SELECT id, path, device, inode, mtime_ns, ctime_ns, size, policy, format, level, customers, "
    "findings, reason, partial, profile, first_seen, last_seen, since, due FROM files";

FileVersion version_at(const certs::Statement& row, int column) {
  return {.device = count_at(row, column),
          .inode = count_at(row, column + 1),
          .mtime_ns = row.integer(column + 2),
          .ctime_ns = row.integer(column + 3),
          .size = count_at(row, column + 4)};
}

Entry read_entry(const certs::Statement& row) {
  Entry entry;
  entry.path = path_at(row, 1);
  entry.version = version_at(row, 2);
  entry.policy_digest = as_text(row.blob(7));
  entry.holding.format = row.text(8);
  entry.holding.level = static_cast<unsigned>(row.integer(9));
  entry.holding.customers = static_cast<std::uint32_t>(row.integer(10));
  entry.holding.findings = count_at(row, 11);
  entry.holding.reason = row.text(12);
  entry.holding.partial = row.integer(13) != 0;
  entry.profile = row.text(14);
  entry.first_seen = time_at(row, 15);
  entry.last_seen = time_at(row, 16);
  entry.since = time_at(row, 17);
  if (!row.is_null(18)) entry.due = time_at(row, 18);
  return entry;
}

/// Renaming changes a file's change time, and nothing else.
bool same_but_renamed(const FileVersion& one, const FileVersion& other) {
  return one.device == other.device && one.inode == other.inode && one.size == other.size &&
         one.mtime_ns == other.mtime_ns;
}

Time last_change(const FileVersion& version) {
  return std::chrono::floor<std::chrono::milliseconds>(
      std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(version.ctime_ns)));
}

}  // namespace

Result<bool> SealedInventory::known(const std::filesystem::path& path, const FileVersion& version,
                                    std::string_view policy_digest, Time now, std::int64_t run) {
  const std::lock_guard lock(mutex_);
  if (const auto held = notes_.find(path); held != notes_.end()) {
    const Entry& entry = held->second.entry;
    if (entry.version != version || entry.policy_digest != policy_digest) return false;
    if (run > 0) held->second.run = run;
    return true;
  }
  if (!known_) {
    auto prepared = database_.prepare(
        "SELECT device, inode, mtime_ns, ctime_ns, size, policy FROM files WHERE path = ?");
    if (!prepared) return std::unexpected(prepared.error());
    known_.emplace(*std::move(prepared));
  }
  known_->reset();
  rows::put(*known_, 1, path);
  const Result<bool> row = known_->step();
  if (!row) return std::unexpected(row.error());
  const bool same =
      *row && version_at(*known_, 0) == version && as_text(known_->blob(5)) == policy_digest;
  known_->reset();
  if (same && run > 0) sightings_[path] = {now, run};
  return same;
}

Status SealedInventory::note(const std::filesystem::path& path, const FileVersion& version,
                             std::string_view policy_digest, const Holding& holding,
                             const std::optional<Purpose>& purpose, Time now, std::int64_t run) {
  const std::lock_guard lock(mutex_);
  const Result<bool> room = room_for(path);
  if (!room) return std::unexpected(room.error());
  if (!*room) return fail(Errc::kTooLarge, "the inventory holds {} files", kMostFiles);
  Note note;
  note.run = note.read_in = run;
  const auto held = notes_.find(path);
  if (held != notes_.end()) note.run = std::max(note.run, held->second.run);
  note.entry = {.path = path,
                .version = version,
                .policy_digest = holding.retry ? "" : std::string(policy_digest),
                .holding = holding,
                .profile = purpose ? purpose->profile : "",
                .first_seen = now,
                .last_seen = now,
                .since = std::min(now, last_change(version)),
                .due = {}};
  if (holding.retry && held != notes_.end())
    note.entry.holding.consent = held->second.entry.holding.consent;  // it was not judged again
  if (Status known = remember_first(note.entry); !known) return known;
  if (purpose && purpose->keep.count() > 0) note.entry.due = note.entry.since + purpose->keep;
  notes_.insert_or_assign(path, std::move(note));
  return flush_if_many();
}

/// A file at its place, or one that was renamed, keeps its first sighting.
Status SealedInventory::remember_first(Entry& entry) {
  const auto take = [&](Time first_seen, Time since) {
    entry.first_seen = std::min(entry.first_seen, first_seen);
    entry.since = std::min(entry.since, since);
  };
  for (const auto& [path, note] : notes_) {  // at most kHeld
    if (path == entry.path || same_but_renamed(note.entry.version, entry.version))
      take(note.entry.first_seen, note.entry.since);
  }
  return rows::each(
      rows::query(database_,
                  "SELECT first_seen, since FROM files WHERE path = ?1 UNION ALL "
                  "SELECT first_seen, since FROM files WHERE device = ?2 AND inode = ?3 AND "
                  "size = ?4 AND mtime_ns = ?5",
                  entry.path, entry.version.device, entry.version.inode, entry.version.size,
                  entry.version.mtime_ns),
      [&](const certs::Statement& row) {
        take(time_at(row, 0), time_at(row, 1));
        return true;
      });
}

Result<bool> SealedInventory::room_for(const std::filesystem::path& path) {
  if (!size_) {
    Status counted = rows::each(rows::query(database_, "SELECT count(*) FROM files"),
                                [&](const certs::Statement& row) {
                                  size_ = count_at(row, 0);
                                  return false;
                                });
    if (!counted) return std::unexpected(counted.error());
  }
  if (*size_ + notes_.size() < kMostFiles || notes_.contains(path)) return true;
  bool there = false;
  const Status looked =
      rows::each(rows::query(database_, "SELECT 1 FROM files WHERE path = ?", path),
                 [&](const certs::Statement&) { return !(there = true); });
  if (!looked) return std::unexpected(looked.error());
  return there;
}

Result<std::uint64_t> SealedInventory::doubt(const std::function<bool(ByteView consent)>& holds) {
  const std::lock_guard lock(mutex_);
  if (Status written = flush_held(); !written) return std::unexpected(written.error());
  std::vector<Bytes> over;
  Status done =
      rows::each(rows::query(database_, "SELECT DISTINCT consent FROM files WHERE consent <> x''"),
                 [&](const certs::Statement& row) {
                   Bytes consent = row.blob(0);
                   if (!holds(consent)) over.push_back(std::move(consent));
                   return true;
                 });
  if (!done) return std::unexpected(done.error());
  if (over.empty()) return 0;
  std::uint64_t files = 0;
  done = database_.transaction([&]() -> Status {
    for (const Bytes& consent : over) {
      if (Status put = rows::run(database_, "UPDATE files SET policy = x'' WHERE consent = ?",
                                 ByteView(consent));
          !put)
        return put;
      files += static_cast<std::uint64_t>(database_.changes());
    }
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return files;
}

Result<bool> SealedInventory::in_doubt(const std::filesystem::path& path) {
  const std::lock_guard lock(mutex_);
  if (const auto held = notes_.find(path); held != notes_.end()) {
    const Entry& entry = held->second.entry;
    if (!entry.policy_digest.empty()) return false;
    if (!entry.holding.consent.empty()) return true;
  }
  bool found = false;
  const Status looked = rows::each(
      rows::query(database_,
                  "SELECT 1 FROM files WHERE path = ? AND policy = x'' AND consent <> x''", path),
      [&](const certs::Statement&) { return !(found = true); });
  if (!looked) return std::unexpected(looked.error());
  return found;
}

Status SealedInventory::forget(const std::filesystem::path& path) {
  const std::lock_guard lock(mutex_);
  notes_.erase(path);
  sightings_.erase(path);
  size_.reset();
  return rows::run(database_, "DELETE FROM files WHERE path = ?", path);
}

Status SealedInventory::flush() {
  const std::lock_guard lock(mutex_);
  return flush_held();
}

Status SealedInventory::flush_held() {
  if (notes_.empty() && sightings_.empty()) return {};
  return database_.transaction([this] { return write_notes(); });
}

Status SealedInventory::flush_if_many() {
  return notes_.size() + sightings_.size() < kHeld ? Status{} : flush_held();
}

/// Inside the caller's transaction. What is held is dropped even if the transaction fails then:
/// those files are read again.
Status SealedInventory::write_notes() {
  auto notes = std::exchange(notes_, {});
  auto sightings = std::exchange(sightings_, {});
  size_.reset();
  for (auto& [path, note] : notes) {
    if (Status written = write_note(note); !written) return written;
  }
  for (const auto& [path, sighting] : sightings) {
    if (notes.contains(path)) continue;
    if (Status written = write_sighting(path, sighting); !written) return written;
  }
  return {};
}

Status SealedInventory::write_note(Note& note) {
  const Result<std::int64_t> file = write_file(note);
  if (!file) return std::unexpected(file.error());
  return write_elements(*file, note.entry.holding);
}

Result<std::int64_t> SealedInventory::write_file(const Note& note) {
  const Entry& entry = note.entry;
  const Holding& holding = entry.holding;
  Status written = rows::run(
      database_,
      "INSERT INTO files (path, device, inode, mtime_ns, ctime_ns, size, policy, format, level, "
      "customers, findings, reason, partial, profile, first_seen, last_seen, since, run, read_in, "
      "consent, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (path) DO UPDATE SET device = excluded.device, inode = excluded.inode, "
      "mtime_ns = excluded.mtime_ns, ctime_ns = excluded.ctime_ns, size = excluded.size, "
      "policy = excluded.policy, format = excluded.format, level = excluded.level, "
      "customers = excluded.customers, findings = excluded.findings, reason = excluded.reason, "
      "partial = excluded.partial, profile = excluded.profile, first_seen = excluded.first_seen, "
      "last_seen = excluded.last_seen, since = excluded.since, due = excluded.due, "
      "consent = CASE WHEN excluded.policy = x'' THEN consent ELSE excluded.consent END, "
      "run = max(run, excluded.run), read_in = excluded.read_in",
      entry.path, entry.version.device, entry.version.inode, entry.version.mtime_ns,
      entry.version.ctime_ns, entry.version.size, as_bytes(entry.policy_digest),
      std::string_view(holding.format), holding.level, holding.customers, holding.findings,
      std::string_view(holding.reason), holding.partial, std::string_view(entry.profile),
      entry.first_seen, entry.last_seen, entry.since, note.run, note.read_in,
      ByteView(holding.consent), entry.due);
  if (!written) return std::unexpected(written.error());
  std::int64_t id = 0;
  Status found =
      rows::each(rows::query(database_, "SELECT id FROM files WHERE path = ?", entry.path),
                 [&](const certs::Statement& row) {
                   id = row.integer(0);
                   return false;
                 });
  if (!found) return std::unexpected(found.error());
  return id;
}

Status SealedInventory::write_elements(std::int64_t file, const Holding& holding) {
  Status done = rows::run(database_, "DELETE FROM elements WHERE file = ?", file);
  for (const auto& [element, findings] : holding.elements) {
    if (!done) break;
    done = rows::run(database_, "INSERT INTO elements (file, element, findings) VALUES (?, ?, ?)",
                     file, static_cast<unsigned>(element), findings);
  }
  return done;
}

Status SealedInventory::write_sighting(const std::filesystem::path& path,
                                       const Sighting& sighting) {
  return rows::run(database_, "UPDATE files SET last_seen = ?, run = ? WHERE path = ?",
                   sighting.seen, sighting.run, path);
}

Status SealedInventory::read_elements(std::int64_t file, Entry& entry) {
  return rows::each(
      rows::query(database_, "SELECT element, findings FROM elements WHERE file = ?", file),
      [&](const certs::Statement& row) {
        entry.holding.elements[static_cast<catalog::ElementId>(row.integer(0))] = count_at(row, 1);
        return true;
      });
}

Status SealedInventory::each(const EntryFilter& filter, const std::function<bool(Entry&&)>& take) {
  const std::lock_guard lock(mutex_);
  if (Status written = flush_held(); !written) return written;
  const std::filesystem::path folder = filter.below.empty() ? "/" : filter.below;
  const rows::Below below(folder);
  const std::uint16_t element =
      filter.element ? static_cast<std::uint16_t>(*filter.element) : std::uint16_t{0};
  auto statement = rows::query(
      database_,
      fmt::format("{} WHERE (path = ?1 OR (path >= ?2 AND path < ?3)) AND level >= ?4 AND "
                  "(?5 = 0 OR id IN (SELECT file FROM elements WHERE element = ?5)) AND "
                  "(?6 = 0 OR (due <= ?7 AND level > 0)) AND (?8 = 0 OR reason <> '') AND path > "
                  "?9 ORDER BY path",
                  kColumns),
      folder, as_bytes(below.from), as_bytes(below.to),
      std::max(filter.level, filter.with_findings ? 1U : 0U), element, filter.overdue, filter.now,
      filter.not_inspected, filter.after);
  Status elements;
  const Status read = rows::each(std::move(statement), [&](const certs::Statement& row) {
    Entry entry = read_entry(row);
    elements = read_elements(row.integer(0), entry);
    return elements && take(std::move(entry));
  });
  return read ? elements : read;
}

Result<std::uint64_t> SealedInventory::size() {
  const std::lock_guard lock(mutex_);
  if (Status written = flush_held(); !written) return std::unexpected(written.error());
  if (const Result<bool> counted = room_for("/"); !counted) return std::unexpected(counted.error());
  return *size_;
}

Result<std::vector<Entry>> SealedInventory::overdue(Time now, std::int64_t day, std::size_t most) {
  const std::lock_guard lock(mutex_);
  if (Status written = flush_held(); !written) return std::unexpected(written.error());
  std::vector<Entry> found;
  const Status read = rows::each(
      rows::query(database_,
                  fmt::format("{} WHERE due <= ? AND level > 0 AND (told_overdue IS NULL OR "
                              "told_overdue <> ?) ORDER BY due, path LIMIT ?",
                              kColumns),
                  now, day, most),
      [&](const certs::Statement& row) {
        found.push_back(read_entry(row));
        return true;
      });
  if (!read) return std::unexpected(read.error());
  return found;
}

Status SealedInventory::told_overdue(const std::filesystem::path& path, std::int64_t day) {
  const std::lock_guard lock(mutex_);
  return rows::run(database_, "UPDATE files SET told_overdue = ? WHERE path = ?", day, path);
}

}  // namespace huxin::discover
