#pragma once
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace huxin::certs {

/// A prepared statement: bind by position from 1, step, read columns from 0. Finalised on
/// destruction. Not thread-safe; belongs to the thread that uses its database.
///
/// Binding copies the value. A binding that fails (no such position, a value over SQLite's 1 GB) is
/// remembered and returned by the next step() or run().
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, double value);
  /// Any other integer; one over the signed 64 bits of SQLite wraps.
  template <std::integral T>
  Statement& bind(int index, T value) {
    return bind(index, static_cast<std::int64_t>(value));
  }
  /// UTF-8; not checked.
  Statement& bind(int index, std::string_view text);
  Statement& bind_blob(int index, ByteView blob);
  Statement& bind_null(int index);

  /// True while there is a row. kNoSpace for a full disk, kExists for a broken uniqueness
  /// constraint, kInvalid for another constraint, kCorrupt for a damaged database, kTimeout when
  /// another connection held the lock for 10 s, else kIo. A failed statement is reset already.
  Result<bool> step();
  /// Steps a statement that gives no rows, then resets it. Bindings stay. A row is kInternal.
  Status run();
  /// Ready to be stepped anew; bindings stay.
  void reset();

  /// Columns of the current row. Blob and text may hold zero bytes; NULL reads as 0 or empty.
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  /// Columns are only valid after a step() that gave true.
  bool is_null(int column) const;

 private:
  Statement& keep(int code);

  sqlite3_stmt* statement_;
  int binding_ = 0;  ///< the first result code of a binding that is not SQLITE_OK
};

/// An SQLCipher database under a raw 256-bit key: the agent's journal and the collector's embedded
/// store. WAL, synchronous=FULL, foreign keys on, secure_delete on, temporary data in memory, mode
/// 0600. One connection; the caller serialises use. What a commit returned success for survives
/// power loss.
///
/// The key goes to SQLCipher as raw bytes, so there is no derivation from a passphrase; every page
/// carries an HMAC. Movable; statements must go before their database.
class SealedDatabase {
 public:
  /// Opens or creates. A wrong key or a file that is no database is kCorrupt, naming the file;
  /// kInvalid for a key that is not 32 bytes.
  static Result<SealedDatabase> open(const std::filesystem::path& file, const Secret& key);
  SealedDatabase(SealedDatabase&& other) noexcept;
  SealedDatabase& operator=(SealedDatabase&& other) noexcept;
  ~SealedDatabase();

  /// Runs one or more statements without parameters. Stops at the first that fails; what ran before
  /// it stays, outside a transaction.
  Status execute(const std::string& sql);
  /// One statement; kInvalid for none. Values go in by bind(), never as text.
  Result<Statement> prepare(std::string_view sql);
  /// Runs `body` inside BEGIN IMMEDIATE … COMMIT; any failure, or an exception on its way through,
  /// rolls back; the failure is returned. Does not nest.
  Status transaction(const std::function<Status()>& body);
  /// The row number of the newest insert on this connection.
  std::int64_t last_row() const;
  /// Rows that the newest statement inserted, changed or deleted.
  std::int64_t changes() const;

  /// Brings the schema up to date: `steps[i]` leads from user_version i to i+1, each in its own
  /// transaction. A database newer than the steps is kUnsupported. Called once, right after open().
  /// Steps are only ever added, never changed.
  Status migrate(std::span<const std::string_view> steps);

 private:
  explicit SealedDatabase(sqlite3* db) : db_(db) {}
  Result<std::int64_t> schema_version();

  sqlite3* db_;
};

}  // namespace huxin::certs
