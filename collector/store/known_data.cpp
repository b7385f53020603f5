#include "collector/store/known_data.hpp"

#include "collector/store/query.hpp"
#include "collector/store/sealed_known_data.hpp"

namespace huxin::store {

std::string_view to_string(KnownKind kind) {
  return kind == KnownKind::kExact ? "exact" : "prints";
}

Status SealedKnownData::save(KnownKind kind, ByteView file, const KnownBuild& how) {
  const std::lock_guard lock(db_.writing);
  return run(db_.writer,
             "INSERT OR REPLACE INTO known_data (kind, file, time, who, name, entries) VALUES (?, "
             "?, ?, ?, ?, ?)",
             to_string(kind), file, how.time, how.who, how.file, how.entries);
}

Status SealedKnownData::drop(KnownKind kind) {
  const std::lock_guard lock(db_.writing);
  return run(db_.writer, "DELETE FROM known_data WHERE kind = ?", to_string(kind));
}

Result<Bytes> SealedKnownData::file(KnownKind kind) {
  const std::lock_guard lock(db_.reading);
  auto found =
      first(query(db_.reader, "SELECT file FROM known_data WHERE kind = ?", to_string(kind)),
            [](const certs::Statement& row) { return row.blob(0); });
  if (!found) return std::unexpected(found.error());
  return std::move(*found).value_or(Bytes{});
}

Result<std::optional<KnownBuild>> SealedKnownData::build(KnownKind kind) {
  const std::lock_guard lock(db_.reading);
  return first(query(db_.reader,
                     "SELECT time, who, name, entries, length(file) FROM known_data WHERE kind = ?",
                     to_string(kind)),
               [](const certs::Statement& row) {
                 return KnownBuild{time_at(row, 0), row.text(1), row.text(2), count_at(row, 3),
                                   count_at(row, 4)};
               });
}

}  // namespace huxin::store
