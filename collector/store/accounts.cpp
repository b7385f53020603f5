#include "collector/store/query.hpp"
#include "collector/store/sealed_store.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::store {
namespace {

constexpr std::int64_t kMostDetails = 1000;
constexpr std::size_t kLongestDetail = 200;

/// An account whose roles are not understood has none: it can sign in and do nothing.
User read_user(const certs::Statement& row) {
  User user{.name = row.text(0),
            .roles = roles_from(row.text(1)).value_or(Roles{}),
            .password = row.text(2),
            .must_change = row.integer(3) != 0,
            .disabled = row.integer(4) != 0,
            .totp = row.blob(6),
            .totp_step = count_at(row, 7)};
  if (!row.is_null(5)) user.ends = time_at(row, 5);
  return user;
}

constexpr std::string_view kUserColumns =
    "SELECT name, role, password, must_change, disabled, ends, totp, totp_step FROM users";

/// Adds an account; `otherwise` says what to do when its name is taken.
Status keep_user(certs::SealedDatabase& db, const User& user, std::string_view otherwise) {
  return run(db,
             fmt::format("INSERT INTO users (name, role, password, must_change, disabled, ends, "
                         "totp, totp_step) VALUES (?, ?, ?, ?, ?, ?, ?, ?) {}",
                         otherwise),
             user.name, to_string(user.roles), user.password, user.must_change, user.disabled,
             user.ends, user.totp, user.totp_step);
}

constexpr std::string_view kPutAnew =
    "ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password, "
    "must_change = excluded.must_change, disabled = excluded.disabled, ends = excluded.ends, "
    "totp = excluded.totp, totp_step = excluded.totp_step";

/// The detail to count under: the one given while there is room for it.
Result<std::string> admitted_detail(certs::SealedDatabase& db, std::string_view what,
                                    std::string_view detail) {
  const auto room = first(
      query(db,
            "SELECT count(*) < ? OR EXISTS (SELECT 1 FROM counters WHERE what = ? AND detail = ?) "
            "FROM counters WHERE what = ?",
            kMostDetails, what, detail, what),
      [](const certs::Statement& row) { return row.integer(0) != 0; });
  if (!room) return std::unexpected(room.error());
  return std::string(room->value_or(false) ? detail : "(other)");
}

}  // namespace

Status SealedStore::add_user(const User& user) {
  const std::lock_guard lock(db_.writing);
  return keep_user(db_.writer, user, {});
}

Status SealedStore::save_user(const User& user) {
  const std::lock_guard lock(db_.writing);
  return keep_user(db_.writer, user, kPutAnew);
}

Result<User> SealedStore::change_user(std::string_view name,
                                      const std::function<Status(User&)>& change) {
  const std::lock_guard lock(db_.writing);
  User changed;
  Status done = db_.writer.transaction([&]() -> Status {
    auto found =
        first(query(db_.writer, fmt::format("{} WHERE name = ?", kUserColumns), name), read_user);
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(Errc::kNotFound, "no user {}", name);
    changed = std::move(**found);
    if (Status altered = change(changed); !altered) return altered;
    return keep_user(db_.writer, changed, kPutAnew);
  });
  if (!done) return std::unexpected(done.error());
  return changed;
}

Result<std::optional<User>> SealedStore::user(std::string_view name) {
  const std::lock_guard lock(db_.reading);
  return first(query(db_.reader, fmt::format("{} WHERE name = ?", kUserColumns), name), read_user);
}

Result<std::vector<User>> SealedStore::users() {
  const std::lock_guard lock(db_.reading);
  std::vector<User> all;
  Status done = each(query(db_.reader, fmt::format("{} ORDER BY name", kUserColumns)),
                     [&](const certs::Statement& row) -> Status {
                       all.push_back(read_user(row));
                       return {};
                     });
  if (!done) return std::unexpected(done.error());
  return all;
}

Result<std::uint64_t> SealedStore::next_serial() {
  const std::lock_guard lock(db_.reading);
  const auto newest = first(query(db_.reader, "SELECT coalesce(max(serial), 0) FROM bundles"),
                            [](const certs::Statement& row) { return count_at(row, 0); });
  if (!newest) return std::unexpected(newest.error());
  return newest->value_or(0) + 1;
}

Status SealedStore::publish_bundle(const PublishedBundle& bundle, Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    Status kept = run(
        db_.writer,
        "INSERT INTO bundles (serial, bundle, digest, version, published) VALUES (?, ?, ?, ?, ?)",
        bundle.serial, bundle.bundle, bundle.digest, bundle.version, now);
    if (!kept) return kept;
    return run(db_.writer,
               "UPDATE bundles SET bundle = x'' WHERE serial <= ? - 10 AND length(bundle) > "
               "1048576",
               bundle.serial);
  });
}

Result<std::optional<PublishedBundle>> SealedStore::current_bundle() {
  const std::lock_guard lock(db_.reading);
  return first(
      query(db_.reader,
            "SELECT bundle, digest, version, serial FROM bundles ORDER BY serial DESC LIMIT 1"),
      [](const certs::Statement& row) {
        return PublishedBundle{row.blob(0), row.blob(1), row.text(2), count_at(row, 3)};
      });
}

Result<std::optional<Bytes>> SealedStore::current_bundle_digest() {
  const std::lock_guard lock(db_.reading);
  return first(query(db_.reader, "SELECT digest FROM bundles ORDER BY serial DESC LIMIT 1"),
               [](const certs::Statement& row) { return row.blob(0); });
}

Status SealedStore::count(std::string_view what, std::string_view detail, std::uint64_t by,
                          Time now) {
  const std::lock_guard lock(db_.writing);
  return db_.writer.transaction([&]() -> Status {
    const auto admitted = admitted_detail(db_.writer, what, text::cut_utf8(detail, kLongestDetail));
    if (!admitted) return std::unexpected(admitted.error());
    return run(db_.writer,
               "INSERT INTO counters (what, detail, count, last) VALUES (?, ?, ?, ?) "
               "ON CONFLICT (what, detail) DO UPDATE SET count = count + excluded.count, last = "
               "excluded.last",
               what, *admitted, by, now);
  });
}

Result<std::vector<Counter>> SealedStore::counters() {
  const std::lock_guard lock(db_.reading);
  std::vector<Counter> all;
  Status done = each(
      query(db_.reader, "SELECT what, detail, count, last FROM counters ORDER BY what, detail"),
      [&](const certs::Statement& row) -> Status {
        all.push_back({row.text(0), row.text(1), count_at(row, 2), time_at(row, 3)});
        return {};
      });
  if (!done) return std::unexpected(done.error());
  return all;
}

}  // namespace huxin::store
