#include "collector/store/audit.hpp"

#include <algorithm>
#include <array>

#include "collector/store/conditions.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_audit.hpp"
#include "policy/base/digest.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::store {
namespace {

constexpr std::string_view kDomain = "huxin-audit-1";
constexpr std::size_t kHashSize = 32;
constexpr std::size_t kMostRows = 500;
constexpr std::size_t kLongestText = 512;
constexpr std::size_t kLongestDetail = 4096;

std::array<std::string_view, 6> texts_of(const AuditAct& act) {
  return {act.who, act.origin, act.what, act.target, act.result, act.detail};
}

void add_number(Bytes& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
}

Bytes link_hash(ByteView previous, std::uint64_t sequence, Time time, const AuditAct& act) {
  const ByteView domain = as_bytes(kDomain);
  Bytes text(domain.begin(), domain.end());
  text.insert(text.end(), previous.begin(), previous.end());
  add_number(text, sequence);
  add_number(text, static_cast<std::uint64_t>(time.time_since_epoch().count()));
  add_number(text, act.begun);
  for (const std::string_view each : texts_of(act)) {
    add_number(text, each.size());
    const ByteView bytes = as_bytes(each);
    text.insert(text.end(), bytes.begin(), bytes.end());
  }
  const Digest hash = sha256(text);
  return {hash.begin(), hash.end()};
}

/// Cuts at a whole UTF-8 character.
void shorten(std::string& text, std::size_t most) {
  constexpr std::string_view kEllipsis = "…";
  if (text.size() <= most) return;
  text.resize(text::cut_utf8(text, most - kEllipsis.size()).size());
  text += kEllipsis;
}

AuditAct within_limits(AuditAct act) {
  for (std::string* text : {&act.who, &act.origin, &act.what, &act.target, &act.result})
    shorten(*text, kLongestText);
  shorten(act.detail, kLongestDetail);
  return act;
}

constexpr std::string_view kColumns =
    "SELECT sequence, time, who, origin, what, target, result, detail, begun, hash, previous FROM "
    "audit";

AuditEntry read_entry(const certs::Statement& row) {
  return {count_at(row, 0), time_at(row, 1),
          AuditAct{row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7),
                   count_at(row, 8)},
          row.blob(9)};
}

Conditions conditions_of(const AuditFilter& filter) {
  Conditions where;
  where.add_time("time >= ?", filter.from);
  where.add_time("time < ?", filter.to);
  where.add_text("who = ?", filter.who);
  if (!filter.what.empty()) {
    where.add("what || char(10) || target || char(10) || detail LIKE ? ESCAPE '\\'",
              like_anywhere(filter.what));
  }
  if (filter.refused) where.add("(result LIKE 'refused%' OR result LIKE 'failed%')");
  return where;
}

/// Walks the chain from its first entry and keeps the first fault.
class AuditWalk {
 public:
  explicit AuditWalk(const std::optional<Audit::Head>& noted) : noted_(noted) {}

  void see(const certs::Statement& row) {
    const AuditEntry entry = read_entry(row);
    const Bytes previous = row.blob(10);
    if (entry.sequence != check_.last + 1) fault(check_.last + 1, "missing");
    if (previous != check_.head) fault(entry.sequence, "previous mismatch");
    if (entry.hash != link_hash(previous, entry.sequence, entry.time, entry.act))
      fault(entry.sequence, "hash mismatch");
    if (noted_ && noted_->sequence == entry.sequence && noted_->hash != entry.hash)
      fault(entry.sequence, "other head");
    check_.last = entry.sequence;
    check_.head = entry.hash;
    ++check_.entries;
  }
  /// `highest`: the highest sequence ever given, as the database itself remembers.
  AuditCheck finish(std::uint64_t highest) {
    if (highest > check_.last) fault(check_.last + 1, "missing");
    if (noted_ && noted_->sequence > check_.last) fault(check_.last + 1, "missing");
    return std::move(check_);
  }

 private:
  void fault(std::uint64_t sequence, std::string_view what) {
    if (!check_.whole()) return;
    check_.bad = sequence;
    check_.what = what;
  }

  const std::optional<Audit::Head>& noted_;
  AuditCheck check_{.head = Bytes(kHashSize)};
};

}  // namespace

Result<std::uint64_t> SealedAudit::append(const AuditAct& given, Time now) {
  const AuditAct act = within_limits(given);
  const std::lock_guard lock(db_.writing);
  std::uint64_t sequence = 1;
  Status done = db_.writer.transaction([&]() -> Status {
    Bytes previous(kHashSize);
    const auto newest =
        first(query(db_.writer, "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"),
              [&](const certs::Statement& row) {
                previous = row.blob(1);
                return count_at(row, 0);
              });
    if (!newest) return std::unexpected(newest.error());
    sequence = newest->value_or(0) + 1;
    return run(db_.writer,
               "INSERT INTO audit (sequence, time, who, origin, what, target, result, detail, "
               "begun, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               sequence, now, act.who, act.origin, act.what, act.target, act.result, act.detail,
               act.begun, previous, link_hash(previous, sequence, now, act));
  });
  if (!done) return std::unexpected(done.error().within("audit"));
  return sequence;
}

Result<AuditPage> SealedAudit::page(const AuditFilter& filter) {
  const Conditions where = conditions_of(filter);
  const std::lock_guard lock(db_.reading);
  auto counting = db_.reader.prepare(fmt::format("SELECT count(*) FROM audit{}", where.sql()));
  if (counting) where.bind(*counting);
  const auto total =
      first(std::move(counting), [](const certs::Statement& row) { return count_at(row, 0); });
  if (!total) return std::unexpected(total.error());
  AuditPage page{{}, total->value_or(0)};
  auto listing = db_.reader.prepare(
      fmt::format("{}{} ORDER BY sequence DESC LIMIT ? OFFSET ?", kColumns, where.sql()));
  if (listing) {
    const int bound = where.bind(*listing);
    bind_value(*listing, bound + 1, std::min(filter.limit, kMostRows));
    bind_value(*listing, bound + 2, filter.offset);
  }
  Status done = store::each(std::move(listing), [&](const certs::Statement& row) -> Status {
    page.entries.push_back(read_entry(row));
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return page;
}

Status SealedAudit::each(const AuditFilter& filter, const std::function<void(AuditEntry&&)>& take) {
  const Conditions where = conditions_of(filter);
  const std::lock_guard lock(db_.reading);
  auto listing = db_.reader.prepare(fmt::format("{}{} ORDER BY sequence", kColumns, where.sql()));
  if (listing) where.bind(*listing);
  return store::each(std::move(listing), [&](const certs::Statement& row) -> Status {
    take(read_entry(row));
    return {};
  });
}

Result<std::optional<Time>> SealedAudit::last_done(std::string_view what, std::string_view detail,
                                                   Time before) {
  const std::lock_guard lock(db_.reading);
  return first(query(db_.reader,
                     "SELECT time FROM audit WHERE what = ? AND detail = ? AND result = 'done' AND "
                     "time < ? ORDER BY sequence DESC LIMIT 1",
                     what, detail, before),
               [](const certs::Statement& row) { return time_at(row, 0); });
}

Result<AuditCheck> SealedAudit::verify(const std::optional<Head>& noted) {
  const std::lock_guard lock(db_.reading);
  // One read transaction: an entry added meanwhile is not half seen.
  if (Status begun = db_.reader.execute("BEGIN"); !begun) return std::unexpected(begun.error());
  AuditWalk walk(noted);
  Status done = store::each(query(db_.reader, fmt::format("{} ORDER BY sequence", kColumns)),
                            [&](const certs::Statement& row) -> Status {
                              walk.see(row);
                              return {};
                            });
  const auto highest =
      first(query(db_.reader, "SELECT seq FROM sqlite_sequence WHERE name = 'audit'"),
            [](const certs::Statement& row) { return count_at(row, 0); });
  const Status ended = db_.reader.execute("COMMIT");
  if (!done) return std::unexpected(done.error());
  if (!highest) return std::unexpected(highest.error());
  if (!ended) return std::unexpected(ended.error());
  return walk.finish(highest->value_or(0));
}

}  // namespace huxin::store
