#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace huxin::certs {

/// A prepared statement: bind by position from 1, step, read columns from 0. Finalised on
/// destruction. Not thread-safe; outlived by its database.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, double value);
  Statement& bind(int index, std::string_view text);
  Statement& bind_blob(int index, ByteView blob);
  Statement& bind_null(int index);

  /// True while there is a row. kNoSpace for a full disk, kExists for a broken uniqueness
  /// constraint, kCorrupt for a damaged database, else kIo.
  Result<bool> step();
  /// Steps a statement that gives no rows, then resets it.
  Status run();
  void reset();

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  bool is_null(int column) const;

 private:
  sqlite3_stmt* statement_;
};

/// An SQLCipher database under a raw 256-bit key: the agent's journal and the collector's embedded
/// store. WAL, synchronous=FULL, foreign keys on, secure_delete on, temporary data in memory.
/// One connection; the caller serialises use.
class SealedDatabase {
 public:
  /// Opens or creates. A wrong key or a file that is no database is kCorrupt, naming the file.
  static Result<SealedDatabase> open(const std::filesystem::path& file, const Secret& key);
  SealedDatabase(SealedDatabase&& other) noexcept;
  SealedDatabase& operator=(SealedDatabase&& other) noexcept;
  ~SealedDatabase();

  /// Runs one or more statements without parameters.
  Status execute(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);
  /// Runs `body` inside BEGIN IMMEDIATE … COMMIT; any failure rolls back and is returned.
  Status transaction(const std::function<Status()>& body);
  std::int64_t last_row() const;
  std::int64_t changes() const;

  /// Brings the schema up to date: `steps[i]` leads from user_version i to i+1, each in its own
  /// transaction. A database newer than the steps is kUnsupported.
  Status migrate(std::span<const std::string_view> steps);

 private:
  explicit SealedDatabase(sqlite3* db) : db_(db) {}
  sqlite3* db_;
};

}  // namespace huxin::certs
