// What happens when a journal's database is broken: a successor is made out of what can be read.
#include <algorithm>
#include <system_error>

#include "agent/journal/sealed_journal.hpp"
#include "policy/record/chain.hpp"

namespace huxin::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostSalvaged = 1'000'000;
constexpr std::size_t kLostShown = 500;  ///< bytes of lost stretches named in the status record

/// What could be read of a broken database.
struct Salvage {
  std::uint64_t acknowledged = 0;
  bool state_known = false;  ///< else the collector may lack records from before the oldest here
  std::vector<std::pair<std::string, std::string>> values;
  std::vector<record::Record> records;  ///< ascending, each whole in itself
};

bool whole(const record::Record& record, std::uint64_t sequence) {
  return record::check_link(record, sequence, as_bytes(record.previous())).has_value();
}

/// Reads one record if its page can still be read and its hash holds.
std::optional<record::Record> readable(certs::SealedDatabase& broken, std::uint64_t sequence) {
  auto found = tables::record_at(broken, sequence);
  if (!found || !*found || !whole(**found, sequence)) return std::nullopt;
  return std::move(**found);
}

Salvage salvage(const fs::path& file, const Secret& key, const Link& head) {
  Salvage saved;
  saved.acknowledged = head.sequence;
  auto broken = certs::SealedDatabase::open(file, key);
  if (!broken) return saved;
  if (const auto state = tables::state(*broken)) {
    saved.state_known = true;
    saved.acknowledged = std::min(state->acknowledged, head.sequence);
  }
  saved.values = tables::readable_values(*broken);
  const std::uint64_t from = saved.state_known ? saved.acknowledged : 0;
  const std::uint64_t first =
      std::max(from, head.sequence - std::min(head.sequence, kMostSalvaged)) + 1;
  for (std::uint64_t sequence = first; sequence <= head.sequence; ++sequence) {
    if (auto record = readable(*broken, sequence)) saved.records.push_back(std::move(*record));
  }
  if (!saved.state_known && !saved.records.empty()) {
    saved.acknowledged = saved.records.front().sequence() - 1;
  }
  return saved;
}

/// Writes the successor's records and gaps, and names the lost stretches: "5-7, 9".
class Successor {
 public:
  Successor(certs::SealedDatabase& database, Link head, Time now)
      : database_(database), head_(std::move(head)), now_(now) {}

  Status fill(const Salvage& saved) {
    for (const auto& [name, value] : saved.values) {
      if (Status done = tables::put(database_, name, value); !done) return done;
    }
    std::uint64_t expected = saved.acknowledged + 1;
    for (const record::Record& record : saved.records) {
      if (Status done = gap(expected, record.sequence() - 1); !done) return done;
      if (Status done = tables::insert(database_, record, now_); !done) return done;
      expected = record.sequence() + 1;
    }
    return gap(expected, head_.sequence);
  }

  /// The status record that continues the chain, and the state that fits all of it.
  Status finish(const Salvage& saved, std::string_view why, std::string_view kept_as) {
    record::Payload payload;
    record::AgentStatus& status = *payload.mutable_status();
    status.set_time_ms(now_.time_since_epoch().count());
    status.set_code("journal_replaced");
    status.set_detail(fmt::format("{}; kept as {}; lost: {}", why, kept_as, lost(saved)));
    const record::Record record =
        record::make_link(head_.sequence + 1, head_.hash, payload.SerializeAsString());
    if (Status done = tables::insert(database_, record, now_); !done) return done;
    tables::State state{.head = {record.sequence(), bytes_of(record.hash())},
                        .anchor = head_,
                        .acknowledged = saved.acknowledged};
    if (!saved.records.empty()) {
      state.anchor = {saved.records.front().sequence() - 1,
                      bytes_of(saved.records.front().previous())};
    }
    return tables::set_state(database_, state);
  }

 private:
  static Bytes bytes_of(std::string_view text) {
    const ByteView view = as_bytes(text);
    return Bytes(view.begin(), view.end());
  }

  std::string lost(const Salvage& saved) const {
    std::string text =
        saved.state_known ? "" : fmt::format("up to {} what was not sent", saved.acknowledged);
    if (!lost_.empty()) text += (text.empty() ? "" : ", ") + lost_;
    return text.empty() ? "none" : text;
  }

  Status gap(std::uint64_t first, std::uint64_t last) {
    if (first > last) return {};
    const std::string stretch =
        first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
    if (lost_.size() < kLostShown)
      lost_ += (lost_.empty() ? "" : ", ") + stretch;
    else if (!lost_.ends_with("…"))
      lost_ += ", …";
    return tables::add_gap(database_, first, last);
  }

  certs::SealedDatabase& database_;
  Link head_;
  Time now_;
  std::string lost_;
};

void remove_database(const fs::path& file) {
  std::error_code ignored;
  for (const char* const suffix : {"", "-wal", "-shm"}) fs::remove(file.string() + suffix, ignored);
}

Status rename_file(const fs::path& from, const fs::path& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return fail_errno("rename " + from.string());
  return {};
}

/// "journal.db.broken-20260304T093000Z", with "-2" and so on behind it where that is taken.
fs::path aside_name(const fs::path& file, Time now) {
  std::string stamp = to_rfc3339(now).substr(0, 19) + "Z";
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  fs::path name = file.string() + ".broken-" + stamp;
  for (int i = 2; fs::exists(name); ++i)
    name = fmt::format("{}.broken-{}-{}", file.string(), stamp, i);
  return name;
}

}  // namespace

Result<fs::path> set_database_aside(const fs::path& file, Time now) {
  const fs::path name = aside_name(file, now);
  // The log before the database: a database without its log would seem whole, only older.
  for (const char* const suffix : {"-wal", "-shm", ""}) {
    const Status moved = rename_file(file.string() + suffix, name.string() + suffix);
    if (!moved && moved.error().code != Errc::kNotFound) return std::unexpected(moved.error());
  }
  return name;
}

Status replace_database(const Files& files, const Secret& key, const Link& head,
                        std::string_view why, Time now) {
  const Salvage saved = salvage(files.database, key, head);
  remove_database(files.successor);
  {
    auto database = open_database(files.successor, key);
    if (!database) return std::unexpected(database.error());
    Successor successor(*database, head, now);
    const std::string kept_as = aside_name(files.database, now).filename().string();
    const Status filled = database->transaction([&]() -> Status {
      if (Status done = successor.fill(saved); !done) return done;
      return successor.finish(saved, why, kept_as);
    });
    if (!filled) return filled;
  }  // closed: its log is now part of the file
  if (const auto aside = set_database_aside(files.database, now); !aside)
    return std::unexpected(aside.error());
  return rename_file(files.successor, files.database);
}

}  // namespace huxin::journal
