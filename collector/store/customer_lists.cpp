#include "collector/store/customer_lists.hpp"

#include <algorithm>

#include "collector/store/query.hpp"
#include "collector/store/sealed_customer_lists.hpp"

namespace huxin::store {
namespace {

constexpr std::int64_t kListedImports = 20;

/// "Without end" is 0 on disk; Time's own maximum depends on its width.
std::int64_t end_of(Time until) {
  return until == Time::max() ? 0 : std::int64_t{until.time_since_epoch().count()};
}
Time end_at(const certs::Statement& row, int column) {
  const std::int64_t end = row.integer(column);
  return end == 0 ? Time::max() : Time(std::chrono::milliseconds(end));
}

Status add(certs::SealedDatabase& db, ListKind kind, const ListedCustomer& row) {
  return run(db,
             "INSERT INTO customer_lists (kind, digest, begins, ends, purpose, reference) VALUES "
             "(?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET reference = excluded.reference",
             to_string(kind), ByteView(row.entry.digest), row.entry.from, end_of(row.entry.until),
             row.entry.purpose, row.reference);
}

/// What terminals would not take must not get in: it would stop every later publication too.
Status within_limits(certs::SealedDatabase& db, ListKind kind) {
  struct Counts {
    std::uint64_t entries = 0, purposes = 0;
  };
  const auto counts =
      first(query(db, "SELECT count(*), count(DISTINCT purpose) FROM customer_lists WHERE kind = ?",
                  to_string(kind)),
            [](const certs::Statement& row) { return Counts{count_at(row, 0), count_at(row, 1)}; });
  if (!counts) return std::unexpected(counts.error());
  const Counts now = counts->value_or(Counts{});
  if (now.entries > bundle::DigestList::kMostEntries) {
    return fail(Errc::kTooLarge,
                "the list would have {} entries, {} at most; replace it by one without those that "
                "are over",
                now.entries, bundle::DigestList::kMostEntries);
  }
  if (now.purposes > bundle::DigestList::kMostPurposes) {
    return fail(Errc::kTooLarge, "the list would have {} purposes, {} at most", now.purposes,
                bundle::DigestList::kMostPurposes);
  }
  return {};
}

Status count_purposes(certs::SealedDatabase& db, ListKind kind, Time now, ListSummary& into) {
  return each(
      query(db,
            "SELECT purpose, count(*), sum(begins <= ? AND (ends = 0 OR ? < ends)), "
            "sum(begins > ?), CASE WHEN min(ends) = 0 THEN 0 ELSE max(ends) END "
            "FROM customer_lists WHERE kind = ? GROUP BY purpose ORDER BY purpose",
            now, now, now, to_string(kind)),
      [&](const certs::Statement& row) -> Status {
        into.purposes.push_back({row.text(0), count_at(row, 1), count_at(row, 2), end_at(row, 4)});
        into.entries += count_at(row, 1);
        into.in_force += count_at(row, 2);
        into.to_come += count_at(row, 3);
        return {};
      });
}

Status read_imports(certs::SealedDatabase& db, ListKind kind, ListSummary& into) {
  return each(query(db,
                    "SELECT time, who, file, replaced, entries FROM customer_list_imports WHERE "
                    "kind = ? ORDER BY number DESC LIMIT ?",
                    to_string(kind), kListedImports),
              [&](const certs::Statement& row) -> Status {
                into.imports.push_back({time_at(row, 0), row.text(1), row.text(2),
                                        row.integer(3) != 0, count_at(row, 4)});
                return {};
              });
}

}  // namespace

std::string_view to_string(ListKind kind) {
  return kind == ListKind::kHold ? "hold" : "authorisation";
}

Status SealedCustomerLists::import(ListKind kind, const std::vector<ListedCustomer>& rows,
                                   const ListImport& how) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    if (how.replaced) {
      Status emptied =
          run(db_.writer, "DELETE FROM customer_lists WHERE kind = ?", to_string(kind));
      if (!emptied) return emptied;
    }
    for (const ListedCustomer& row : rows) {
      if (Status added = add(db_.writer, kind, row); !added) return added;
    }
    if (Status fits = within_limits(db_.writer, kind); !fits) return fits;
    return run(db_.writer,
               "INSERT INTO customer_list_imports (kind, time, who, file, replaced, entries) "
               "VALUES (?, ?, ?, ?, ?, ?)",
               to_string(kind), how.time, how.who, how.file, how.replaced, rows.size());
  });
}

Result<bundle::DigestList> SealedCustomerLists::list(ListKind kind) {
  std::vector<bundle::DigestEntry> entries;
  {
    const std::lock_guard lock(db_.reading);
    Status done =
        each(query(db_.reader,
                   "SELECT digest, begins, ends, purpose FROM customer_lists WHERE kind "
                   "= ?",
                   to_string(kind)),
             [&](const certs::Statement& row) -> Status {
               bundle::DigestEntry entry{
                   .from = time_at(row, 1), .until = end_at(row, 2), .purpose = row.text(3)};
               const Bytes digest = row.blob(0);
               if (digest.size() != entry.digest.size())
                 return fail(Errc::kCorrupt, "a customer list holds a broken digest");
               std::ranges::copy(digest, entry.digest.begin());
               entries.push_back(std::move(entry));
               return {};
             });
    if (!done) return std::unexpected(done.error());
  }
  return bundle::DigestList::make(std::move(entries));
}

Result<ListSummary> SealedCustomerLists::summary(ListKind kind, Time now) {
  const std::lock_guard lock(db_.reading);
  ListSummary summary;
  Status done = count_purposes(db_.reader, kind, now, summary);
  if (done) done = read_imports(db_.reader, kind, summary);
  if (!done) return std::unexpected(done.error());
  summary.over = summary.entries - summary.in_force - summary.to_come;
  const auto customers =
      first(query(db_.reader, "SELECT count(DISTINCT digest) FROM customer_lists WHERE kind = ?",
                  to_string(kind)),
            [](const certs::Statement& row) { return count_at(row, 0); });
  if (!customers) return std::unexpected(customers.error());
  summary.customers = customers->value_or(0);
  return summary;
}

}  // namespace huxin::store
