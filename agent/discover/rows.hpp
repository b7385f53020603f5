#pragma once
#include <concepts>
#include <optional>
#include <string_view>

#include "certs/sealed_database.hpp"
#include "policy/base/clock.hpp"

namespace huxin::discover::rows {

// Short forms for the inventory's statements. Values only ever reach SQL as parameters.

/// Paths are bytes and kept as blobs.
inline void put(certs::Statement& to, int at, const std::filesystem::path& path) {
  to.bind_blob(at, as_bytes(path.native()));
}
inline void put(certs::Statement& to, int at, std::string_view text) { to.bind(at, text); }
inline void put(certs::Statement& to, int at, ByteView bytes) { to.bind_blob(at, bytes); }
/// Milliseconds since 1970, UTC.
inline void put(certs::Statement& to, int at, Time time) {
  to.bind(at, std::int64_t{time.time_since_epoch().count()});
}
template <std::integral T>
void put(certs::Statement& to, int at, T value) {
  to.bind(at, static_cast<std::int64_t>(value));  // SQLite's are signed; the bits are what is kept
}
/// Nothing is NULL.
template <class T>
void put(certs::Statement& to, int at, const std::optional<T>& value) {
  if (value) put(to, at, *value);
}

/// Prepares a statement and binds its parameters in order.
template <class... Args>
Result<certs::Statement> query(certs::SealedDatabase& db, std::string_view sql,
                               const Args&... args) {
  Result<certs::Statement> statement = db.prepare(sql);
  int at = 0;
  if (statement) (put(*statement, ++at, args), ...);
  return statement;
}

/// Runs a statement for its effect.
template <class... Args>
Status run(certs::SealedDatabase& db, std::string_view sql, const Args&... args) {
  Result<certs::Statement> statement = query(db, sql, args...);
  if (!statement) return std::unexpected(statement.error());
  return statement->run();
}

/// Calls `row(statement)`, which gives false to stop, for each row.
/// An error of the preparation is passed on.
template <class Row>
Status each(Result<certs::Statement> statement, Row row) {
  if (!statement) return std::unexpected(statement.error());
  for (;;) {
    const Result<bool> more = statement->step();
    if (!more) return std::unexpected(more.error());
    if (!*more || !row(*statement)) return {};
  }
}

inline Time time_at(const certs::Statement& row, int column) {
  return Time(std::chrono::milliseconds(row.integer(column)));
}
inline std::uint64_t count_at(const certs::Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}
inline std::filesystem::path path_at(const certs::Statement& row, int column) {
  return std::string(as_text(row.blob(column)));
}

/// Everything below a folder, as a half-open range of paths: ["/srv/", "/srv0").
struct Below {
  explicit Below(const std::filesystem::path& folder)
      : from(folder == "/" ? "/" : folder.native() + "/"),
        to(from.substr(0, from.size() - 1) + '0') {}
  std::string from, to;
};

}  // namespace huxin::discover::rows
