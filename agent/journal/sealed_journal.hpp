#pragma once
#include <map>
#include <mutex>

#include "agent/journal/head_file.hpp"
#include "agent/journal/reserve.hpp"
#include "agent/journal/tables.hpp"

namespace huxin::journal {

/// The files of one journal.
struct Files {
  explicit Files(const std::filesystem::path& folder)
      : database(folder / "journal.db"),
        successor(folder / "journal.new.db"),
        head(folder / "journal.head"),
        reserve(folder / "journal.reserve") {}

  std::filesystem::path database;
  std::filesystem::path successor;  ///< of a broken database, while it is being made
  std::filesystem::path head;
  std::filesystem::path reserve;
};

/// Opens the database at `file` and brings its schema up to date. kCorrupt also stands for a wrong
/// key: SQLCipher cannot tell the two apart.
Result<certs::SealedDatabase> open_database(const std::filesystem::path& file, const Secret& key);

/// Makes a successor of the database that broke, out of what can be read of it, sets the broken one
/// aside and puts the successor in its place. `why` goes into the successor's status record.
/// `head`: as the head file has it; the successor's first record follows it. The successor is made
/// under a name of its own: after a crash the next open makes it again, or puts it in place if the
/// broken one was set aside already. What cannot be read is named as lost in the status record's
/// detail.
Status replace_database(const Files& files, const Secret& key, const Link& head,
                        std::string_view why, Time now);

/// Renames a database and its log to a name with a time stamp that is not taken; returns that name.
/// The name: <file>.broken-<time, UTC>, with a number behind it if that is taken. The log goes
/// first: a database without its log would seem whole, only older.
Result<std::filesystem::path> set_database_aside(const std::filesystem::path& file, Time now);

/// The journal itself, once its files are in order. See Journal for the contract.
///
/// One lock around everything; the lock is held while the disk is written to.
class SealedJournal final : public Journal {
 public:
  SealedJournal(certs::SealedDatabase database, HeadFile head_file, Reserve reserve,
                Options options)
      : database_(std::move(database)),
        head_file_(std::move(head_file)),
        reserve_(std::move(reserve)),
        options_(std::move(options)) {}
  /// Writes what was settled and not yet saved.
  ~SealedJournal() override;

  Result<std::uint64_t> append(const record::Payload& payload,
                               const std::optional<FileVersion>& settles,
                               std::string_view policy_digest) override;
  Result<std::uint64_t> append_with(const record::Payload& payload, std::string_view name,
                                    std::string_view value) override;
  Status settle(const FileVersion& version, std::string_view policy_digest) override;
  Result<bool> settled(const FileVersion& version, std::string_view policy_digest) override;
  Result<std::vector<record::Record>> outbox(std::size_t limit) override;
  Status acknowledge(std::uint64_t through) override;
  Result<std::uint64_t> outbox_size() override;
  Result<Head> head() override;
  Status verify() override;
  Status maintain() override;
  Status put(std::string_view name, std::string_view value) override;
  Result<std::optional<std::string>> get(std::string_view name) override;
  Result<std::vector<std::pair<std::string, std::string>>> values(std::string_view prefix) override;
  Status forget(std::string_view name) override;

 private:
  struct Settled {
    FileVersion version;
    std::string policy_digest;
  };
  /// File system and inode.
  using FileId = std::pair<std::uint64_t, std::uint64_t>;

  /// Appends one link, and does `also` in the same transaction.
  Result<std::uint64_t> append_and(const record::Payload& payload,
                                   const std::function<Status()>& also);
  /// Runs a transaction; on a full disk once more without the reserve. The head file is written
  /// after the commit, never before: it may be behind, not ahead.
  Status write(const std::function<Status()>& body);
  Status flush_settled();

  std::mutex mutex_;
  certs::SealedDatabase database_;
  HeadFile head_file_;
  Reserve reserve_;
  Options options_;
  std::map<FileId, Settled> unsaved_;  ///< settled, not yet in the database
};

}  // namespace huxin::journal
