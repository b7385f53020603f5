#include "agent/journal/journal.hpp"

#include <sys/stat.h>

#include <system_error>

#include "agent/journal/sealed_journal.hpp"

namespace huxin::journal {
namespace {

namespace fs = std::filesystem;

Status make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return fail_errno("make " + folder.string());
  return {};
}

/// A database that opens, and whose every page holds.
Result<certs::SealedDatabase> open_whole(const fs::path& file, const Secret& key) {
  auto database = open_database(file, key);
  if (!database) return database;
  if (Status whole = tables::check_pages(*database); !whole) return std::unexpected(whole.error());
  return database;
}

/// Is the database as new as the head file says? kCorrupt when it is not.
Status check_against(certs::SealedDatabase& database, const std::optional<Link>& remembered) {
  const auto state = tables::state(database);
  if (!state) return std::unexpected(state.error());
  if (!remembered || remembered->sequence < state->head.sequence) return {};
  if (*remembered == state->head) return {};
  return fail(Errc::kCorrupt, "the database ends at record {}, the head file at {}",
              state->head.sequence, remembered->sequence);
}

Result<certs::SealedDatabase> open_checked(const Files& files, const Secret& key,
                                           const HeadFile& head) {
  auto database = open_whole(files.database, key);
  if (!database) return database;
  if (Status fits = check_against(*database, head.head()); !fits)
    return std::unexpected(fits.error());
  return database;
}

/// Opens the database, or its successor when it is broken and the head file knows where to go on.
Result<certs::SealedDatabase> open_or_replace(const Files& files, const Secret& key,
                                              const HeadFile& head, const Clock& clock) {
  if (!fs::exists(files.database) && fs::exists(files.successor)) {  // stopped between two renames
    std::error_code ignored;
    fs::rename(files.successor, files.database, ignored);
  }
  auto database = open_checked(files, key, head);
  if (database || database.error().code != Errc::kCorrupt) return database;
  if (!head.head()) {
    return std::unexpected(
        database.error().within("wrong key, or database and head file are both broken"));
  }
  const Status replaced =
      replace_database(files, key, *head.head(), database.error().context, clock.now());
  if (!replaced) return std::unexpected(replaced.error());
  return open_database(files.database, key);
}

}  // namespace

Result<certs::SealedDatabase> open_database(const fs::path& file, const Secret& key) {
  auto database = certs::SealedDatabase::open(file, key);
  if (!database) return database;
  if (Status ready = database->migrate(tables::schema()); !ready) {
    return std::unexpected(ready.error().within(file.string()));
  }
  return database;
}

Result<std::unique_ptr<Journal>> Journal::open(const fs::path& folder, const Secret& key,
                                               Options options) {
  if (Status made = make_folder(folder); !made) return std::unexpected(made.error());
  const Files files(folder);
  auto head = HeadFile::open(files.head, key);
  if (!head) return std::unexpected(head.error());
  Reserve reserve(files.reserve, options.reserve);
  auto database = open_or_replace(files, key, *head, *options.clock);
  if (!database && database.error().code == Errc::kNoSpace && reserve.give_up()) {
    database = open_or_replace(files, key, *head, *options.clock);
  }
  if (!database) return std::unexpected(database.error());
  const auto state = tables::state(*database);
  if (!state) return std::unexpected(state.error());
  if (Status caught_up = head->write(state->head); !caught_up)
    return std::unexpected(caught_up.error());
  (void)reserve.make();  // made later, by maintain(), when it cannot be made now
  return std::make_unique<SealedJournal>(std::move(*database), std::move(*head), std::move(reserve),
                                         std::move(options));
}

Result<fs::path> Journal::start_over(const fs::path& folder, Time now) {
  const Files files(folder);
  const auto aside = set_database_aside(files.database, now);
  if (!aside) return aside;
  const fs::path head_aside = aside->string() + ".head";
  if (std::rename(files.head.c_str(), head_aside.c_str()) != 0 && errno != ENOENT) {
    return fail_errno("rename " + files.head.string());
  }
  return aside;
}

}  // namespace huxin::journal
