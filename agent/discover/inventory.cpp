#include "agent/discover/inventory.hpp"

#include <array>

#include <spdlog/spdlog.h>

#include "agent/discover/inventory_tables.hpp"

namespace huxin::discover {
namespace {

// Times are milliseconds since 1970 in UTC; those of files nanoseconds. Paths are bytes.
// files.run: the last run that met the file; files.read_in: the run that read it, 0 for none.
// files.consent: in doubt while policy is empty (see Inventory::doubt).
constexpr std::array<std::string_view, 2> kSchema{R"sql(
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  path BLOB NOT NULL UNIQUE,
  device INTEGER NOT NULL, inode INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, size INTEGER NOT NULL,
  policy BLOB NOT NULL,
  format TEXT NOT NULL,
  level INTEGER NOT NULL,
  customers INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  reason TEXT NOT NULL,
  partial INTEGER NOT NULL,
  profile TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  since INTEGER NOT NULL,
  due INTEGER,
  told_overdue INTEGER,
  run INTEGER NOT NULL,
  read_in INTEGER NOT NULL
);
CREATE INDEX files_by_inode ON files(device, inode);
CREATE INDEX files_by_due ON files(due) WHERE due IS NOT NULL AND level > 0;
CREATE TABLE elements (
  file INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  element INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  PRIMARY KEY (file, element)
) WITHOUT ROWID;
CREATE INDEX elements_by_element ON elements(element);
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER,
  origin TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'complete')),
  cursor BLOB NOT NULL
);
CREATE TABLE run_folders (
  run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  path BLOB NOT NULL,
  PRIMARY KEY (run, place)
) WITHOUT ROWID;
CREATE TABLE run_losses (
  run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run, reason)
) WITHOUT ROWID;
)sql",
                                                  R"sql(
ALTER TABLE files ADD COLUMN consent BLOB NOT NULL DEFAULT x'';
CREATE INDEX files_by_consent ON files(consent) WHERE consent <> x'';
)sql"};

Result<std::unique_ptr<Inventory>> open_once(const std::filesystem::path& file, const Secret& key) {
  auto database = certs::SealedDatabase::open(file, key);
  if (!database) return std::unexpected(database.error());
  if (Status ready = database->migrate(kSchema); !ready) return std::unexpected(ready.error());
  return std::make_unique<SealedInventory>(*std::move(database));
}

/// Renames the database and its log; the log first: a database without it would seem whole.
Status set_aside(const std::filesystem::path& file, Time now) {
  const std::string name = fmt::format("{}.broken-{}", file.string(), to_rfc3339(now));
  for (const char* const suffix : {"-wal", "-shm", ""}) {
    std::error_code error;
    std::filesystem::rename(file.string() + suffix, name + suffix, error);
    if (error && error != std::errc::no_such_file_or_directory)
      return fail(Errc::kIo, "{}: {}", file.string(), error.message());
  }
  return {};
}

}  // namespace

std::string_view status_of(const Holding& holding) {
  if (holding.reason.empty()) return "inspected";
  return holding.partial ? "partial" : "not_inspected";
}

Result<std::unique_ptr<Inventory>> Inventory::open(const std::filesystem::path& file,
                                                   const Secret& key, Time now) {
  auto opened = open_once(file, key);
  if (opened || opened.error().code != Errc::kCorrupt) return opened;
  spdlog::error("inventory: {}; it is set aside and begun anew", opened.error().context);
  if (Status aside = set_aside(file, now); !aside) return std::unexpected(aside.error());
  return open_once(file, key);
}

SealedInventory::~SealedInventory() {
  if (const Status written = flush(); !written)
    spdlog::warn("inventory: {}", written.error().context);
}

}  // namespace huxin::discover
