#include "certs/sealed_database.hpp"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "certs/sqlite_error.hpp"
#include "policy/base/file.hpp"

namespace huxin::certs {
namespace {

constexpr int kBusyTimeoutMs = 10'000;
constexpr std::size_t kKeySize = 32;

/// What every connection runs after the key. journal_size_limit gives space back after a burst.
constexpr const char* kSettings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA journal_size_limit = 16777216;";

/// SQLite would create the file as the umask allows; its WAL and shared memory take the file's mode.
/// A file that exists is not opened here: closing any descriptor of it would drop the locks of every
/// connection this process has to it (POSIX record locks), and another process would then take the
/// database for unused and delete its WAL.
Status create_private(const std::filesystem::path& file) {
  const Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd && errno != EEXIST) return fail_errno("open " + file.string());
  return {};
}

/// Hands over the raw key as x'…' (SQLCipher then skips its passphrase derivation), and wipes the
/// text.
int give_key(sqlite3* db, const Secret& key) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  Secret text(2 * kKeySize + 3);
  const std::span<std::uint8_t> out = text.writable();
  std::size_t at = 0;
  const auto put = [&](char c) { out[at++] = static_cast<std::uint8_t>(c); };
  put('x');
  put('\'');
  for (const std::uint8_t byte : key.view()) {
    put(kDigits[byte >> 4U]);
    put(kDigits[byte & 15U]);
  }
  put('\'');
  return sqlite3_key(db, out.data(), static_cast<int>(out.size()));
}

/// The first read is where a wrong key shows: the page's HMAC does not hold.
Status prove_key(sqlite3* db, const std::filesystem::path& file) {
  const int code =
      sqlite3_exec(db, "SELECT count(*) FROM sqlite_master", nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return {};
  if (code == SQLITE_NOTADB) {
    return fail(Errc::kCorrupt, "{}: wrong key, or not a sealed database", file.string());
  }
  return fail_sqlite(db, code, file.string());
}

Status set_up(sqlite3* db, const std::filesystem::path& file, const Secret& key) {
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, kBusyTimeoutMs);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // SQLCipher would print what we return as an Error on standard error as well.
  sqlite3_exec(db, "PRAGMA cipher_log_level = NONE", nullptr, nullptr, nullptr);
  if (const int code = give_key(db, key); code != SQLITE_OK)
    return fail_sqlite(db, code, file.string());
  if (Status proven = prove_key(db, file); !proven) return proven;
  if (const int code = sqlite3_exec(db, kSettings, nullptr, nullptr, nullptr); code != SQLITE_OK) {
    return fail_sqlite(db, code, file.string());
  }
  return {};
}

/// Rolls back on the way out unless told that the transaction is over.
class Rollback {
 public:
  explicit Rollback(sqlite3* db) : db_(db) {}
  Rollback(const Rollback&) = delete;
  Rollback& operator=(const Rollback&) = delete;
  // A full disk may have rolled back by itself already.
  ~Rollback() {
    if (sqlite3_get_autocommit(db_) == 0) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }

 private:
  sqlite3* db_;
};

}  // namespace

Result<SealedDatabase> SealedDatabase::open(const std::filesystem::path& file, const Secret& key) {
  if (key.size() != kKeySize)
    return fail(Errc::kInvalid, "a database key has 32 bytes, not {}", key.size());
  if (Status created = create_private(file); !created) return std::unexpected(created.error());
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  SealedDatabase database(raw);
  if (code != SQLITE_OK) return fail_sqlite(raw, code, file.string());
  if (Status ready = set_up(raw, file, key); !ready) return std::unexpected(ready.error());
  return database;
}

SealedDatabase::SealedDatabase(SealedDatabase&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)) {}

SealedDatabase& SealedDatabase::operator=(SealedDatabase&& other) noexcept {
  std::swap(db_, other.db_);
  return *this;
}

// close_v2 waits for statements that are still alive instead of leaking the connection.
SealedDatabase::~SealedDatabase() { sqlite3_close_v2(db_); }

Status SealedDatabase::execute(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail_sqlite(db_, code, "execute");
  return {};
}

Result<Statement> SealedDatabase::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), 0, &statement, nullptr);
  if (code != SQLITE_OK) return fail_sqlite(db_, code, "prepare");
  if (statement == nullptr) return fail(Errc::kInvalid, "prepare: no statement in the text");
  return Statement(statement);
}

Status SealedDatabase::transaction(const std::function<Status()>& body) {
  if (Status begun = execute("BEGIN IMMEDIATE"); !begun) return begun;
  const Rollback unless_committed(db_);
  if (Status done = body(); !done) return done;
  return execute("COMMIT");
}

std::int64_t SealedDatabase::last_row() const { return sqlite3_last_insert_rowid(db_); }

std::int64_t SealedDatabase::changes() const { return sqlite3_changes64(db_); }

Result<std::int64_t> SealedDatabase::schema_version() {
  Result<Statement> query = prepare("PRAGMA user_version");
  if (!query) return std::unexpected(query.error());
  if (const Result<bool> row = query->step(); !row) return std::unexpected(row.error());
  return query->integer(0);
}

Status SealedDatabase::migrate(std::span<const std::string_view> steps) {
  const Result<std::int64_t> version = schema_version();
  if (!version) return std::unexpected(version.error());
  if (std::cmp_greater(*version, steps.size()) || *version < 0) {
    return fail(Errc::kUnsupported, "database schema {} is newer than this program's {}", *version,
                steps.size());
  }
  for (auto i = static_cast<std::size_t>(*version); i < steps.size(); ++i) {
    const Status done = transaction([&]() -> Status {
      if (Status changed = execute(std::string(steps[i])); !changed) return changed;
      return execute(fmt::format("PRAGMA user_version = {}", i + 1));
    });
    if (!done) return std::unexpected(done.error().within(fmt::format("schema step {}", i + 1)));
  }
  return {};
}

}  // namespace huxin::certs
