#include <cerrno>

#include "certs/sealed_database.hpp"
#include "certs/sqlite_error.hpp"

namespace huxin::certs {
namespace {

/// Quota and disk space show up as I/O errors when they hit a sync or the shared-memory file.
Errc io_code(sqlite3* db) {
  const int system = db == nullptr ? 0 : sqlite3_system_errno(db);
  return system == ENOSPC || system == EDQUOT ? Errc::kNoSpace : Errc::kIo;
}

Errc classify(sqlite3* db, int code) {
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
    return Errc::kExists;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return Errc::kNoSpace;
    case SQLITE_CONSTRAINT:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
      return Errc::kInvalid;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Errc::kCorrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Errc::kTimeout;
    case SQLITE_TOOBIG:
      return Errc::kTooLarge;
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return Errc::kDenied;
    case SQLITE_MISUSE:
      return Errc::kInternal;
    default:
      return io_code(db);
  }
}

}  // namespace

std::unexpected<Error> fail_sqlite(sqlite3* db, int code, std::string_view what) {
  const char* const message = db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db);
  return fail(classify(db, code), "{}: {} (sqlite {})", what, message, code);
}

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), binding_(other.binding_) {}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::keep(int code) {
  if (binding_ == SQLITE_OK) binding_ = code;
  return *this;
}

Statement& Statement::bind(int index, std::int64_t value) {
  return keep(sqlite3_bind_int64(statement_, index, value));
}

Statement& Statement::bind(int index, double value) {
  return keep(sqlite3_bind_double(statement_, index, value));
}

// SQLite takes a null pointer for NULL: an empty value needs an address.
Statement& Statement::bind(int index, std::string_view text) {
  const char* const data = text.empty() ? "" : text.data();
  return keep(
      sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Statement& Statement::bind_blob(int index, ByteView blob) {
  if (blob.empty()) return keep(sqlite3_bind_zeroblob(statement_, index, 0));
  return keep(sqlite3_bind_blob64(statement_, index, blob.data(), blob.size(), SQLITE_TRANSIENT));
}

Statement& Statement::bind_null(int index) { return keep(sqlite3_bind_null(statement_, index)); }

Result<bool> Statement::step() {
  if (binding_ != SQLITE_OK) {
    const int code = std::exchange(binding_, SQLITE_OK);
    return fail_sqlite(sqlite3_db_handle(statement_), code, "bind");
  }
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  auto failure = fail_sqlite(sqlite3_db_handle(statement_), code, "step");
  sqlite3_reset(statement_);
  return failure;
}

Status Statement::run() {
  const Result<bool> row = step();
  if (!row) return std::unexpected(row.error());
  sqlite3_reset(statement_);
  if (*row) return fail(Errc::kInternal, "a statement run for its effect gave a row");
  return {};
}

void Statement::reset() { sqlite3_reset(statement_); }

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string Statement::text(int column) const {
  const unsigned char* const data = sqlite3_column_text(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? std::string{} : std::string(reinterpret_cast<const char*>(data), size);
}

Bytes Statement::blob(int column) const {
  const auto* const data =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? Bytes{} : Bytes(data, data + size);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

}  // namespace huxin::certs
