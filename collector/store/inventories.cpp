#include <charconv>

#include "collector/store/query.hpp"
#include "collector/store/sealed_inventories.hpp"

namespace huxin::store {
namespace {

/// Reads rows of terminal, sequence, received, payload. One that says something else than it did
/// when it was accepted is left out: verify() tells of it.
Result<std::vector<StoredInventory>> read(Result<certs::Statement> statement) {
  std::vector<StoredInventory> all;
  const Status done = each(std::move(statement), [&](const certs::Statement& row) -> Status {
    record::Payload payload;
    if (!payload.ParseFromString(std::string(as_text(row.blob(3)))) || !payload.has_inventory())
      return {};
    all.push_back({.terminal = row.text(0),
                   .sequence = count_at(row, 1),
                   .received = time_at(row, 2),
                   .inventory = std::move(*payload.mutable_inventory())});
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return all;
}

}  // namespace

Result<std::vector<StoredInventory>> SealedInventories::newest() {
  const std::lock_guard lock(db_.reading);
  return read(
      query(db_.reader,
            "SELECT r.terminal, r.sequence, r.received, r.payload FROM (SELECT terminal, "
            "max(sequence) AS sequence FROM inventories GROUP BY terminal) i JOIN records "
            "r ON r.terminal = i.terminal AND r.sequence = i.sequence ORDER BY r.terminal"));
}

Result<std::vector<StoredInventory>> SealedInventories::of(std::string_view terminal,
                                                           std::size_t most) {
  const std::lock_guard lock(db_.reading);
  return read(query(db_.reader,
                    "SELECT r.terminal, r.sequence, r.received, r.payload FROM inventories i JOIN "
                    "records r ON r.terminal = i.terminal AND r.sequence = i.sequence WHERE "
                    "i.terminal = ? ORDER BY i.sequence DESC LIMIT ?",
                    terminal, most));
}

Result<std::vector<std::pair<std::string, std::uint64_t>>> SealedInventories::losses(
    std::string_view terminal) {
  const std::lock_guard lock(db_.reading);
  std::vector<std::pair<std::string, std::uint64_t>> losses;
  const Status done = each(
      query(db_.reader,
            "SELECT name, value FROM terminal_state WHERE terminal = ? AND kind = 'loss' ORDER BY "
            "name",
            terminal),
      [&](const certs::Statement& row) -> Status {
        const std::string value = row.text(1);
        std::uint64_t count = 0;
        std::from_chars(value.data(), value.data() + value.size(), count);
        losses.emplace_back(row.text(0), count);
        return {};
      });
  if (!done) return std::unexpected(done.error());
  return losses;
}

}  // namespace huxin::store
