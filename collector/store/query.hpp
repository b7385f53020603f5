#pragma once
#include <concepts>
#include <optional>
#include <string_view>

#include "certs/sealed_database.hpp"
#include "policy/base/clock.hpp"

namespace huxin::store {

// Short forms for the store's own statements. Values only ever reach SQL as parameters.

/// Parameters are numbered from 1. Text is copied as TEXT, bytes as BLOB, a Time as its
/// milliseconds since 1970, numbers and bools as 64-bit INTEGER: an unsigned number above 2^63 - 1
/// would come back negative and must not get here. An unset optional is NULL.
inline void bind_value(certs::Statement& to, int at, std::string_view value) { to.bind(at, value); }
inline void bind_value(certs::Statement& to, int at, ByteView value) { to.bind_blob(at, value); }
inline void bind_value(certs::Statement& to, int at, const Bytes& value) {
  to.bind_blob(at, value);
}
inline void bind_value(certs::Statement& to, int at, Time value) {
  to.bind(at, std::int64_t{value.time_since_epoch().count()});
}
template <std::integral T>
void bind_value(certs::Statement& to, int at, T value) {
  to.bind(at, static_cast<std::int64_t>(value));
}

template <class T>
void bind_value(certs::Statement& to, int at, const std::optional<T>& value) {
  if (value) bind_value(to, at, *value);  // a parameter that nothing is bound to is NULL
}

/// Prepares a statement and binds its parameters in order. A failure to prepare is in the result,
/// so that calls can be nested: run, each and first hand it on.
template <class... Args>
Result<certs::Statement> query(certs::SealedDatabase& db, std::string_view sql,
                               const Args&... args) {
  Result<certs::Statement> statement = db.prepare(sql);
  int at = 0;
  if (statement) (bind_value(*statement, ++at, args), ...);
  return statement;
}

/// Runs a statement for its effect. Rows it yields are thrown away. A constraint that does not hold
/// is kExists where it is one of uniqueness.
template <class... Args>
Status run(certs::SealedDatabase& db, std::string_view sql, const Args&... args) {
  Result<certs::Statement> statement = query(db, sql, args...);
  if (!statement) return std::unexpected(statement.error());
  return statement->run();
}

/// Calls `row(statement)`, which gives a Status, for each row; stops at the first failure. The
/// statement is the row while `row` runs; what it gives as text or blob is a copy.
template <class Row>
Status each(Result<certs::Statement> statement, Row row) {
  if (!statement) return std::unexpected(statement.error());
  for (;;) {
    const Result<bool> more = statement->step();
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
    if (Status done = row(*statement); !done) return done;
  }
}

/// Reads the first row through `read(statement)`; none: nullopt. Rows after the first are not read.
template <class Read>
auto first(Result<certs::Statement> statement, Read read)
    -> Result<std::optional<decltype(read(*statement))>> {
  if (!statement) return std::unexpected(statement.error());
  const Result<bool> row = statement->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  return read(*statement);
}

/// A column of milliseconds since 1970, UTC; NULL reads as 1970, so ask is_null first where it may
/// be.
inline Time time_at(const certs::Statement& row, int column) {
  return Time(std::chrono::milliseconds(row.integer(column)));
}
/// A column that is never negative.
inline std::uint64_t count_at(const certs::Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

}  // namespace huxin::store
