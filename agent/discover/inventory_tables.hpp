#pragma once
#include <map>
#include <mutex>

#include "agent/discover/inventory.hpp"
#include "certs/sealed_database.hpp"

namespace huxin::discover {

/// The inventory over its database. Private to agent/discover; its members are spread over files
/// by subject. Its members are called under the lock, but for those of Inventory, which take it.
class SealedInventory final : public Inventory {
 public:
  explicit SealedInventory(certs::SealedDatabase database) : database_(std::move(database)) {}
  ~SealedInventory() override;

  // inventory_files.cpp
  Result<bool> known(const std::filesystem::path& path, const FileVersion& version,
                     std::string_view policy_digest, Time now, std::int64_t run) override;
  Status note(const std::filesystem::path& path, const FileVersion& version,
              std::string_view policy_digest, const Holding& holding,
              const std::optional<Purpose>& purpose, Time now, std::int64_t run) override;
  Result<std::uint64_t> doubt(const std::function<bool(ByteView consent)>& holds) override;
  Result<bool> in_doubt(const std::filesystem::path& path) override;
  Status forget(const std::filesystem::path& path) override;
  Status flush() override;
  Status each(const EntryFilter& filter, const std::function<bool(Entry&&)>& take) override;
  Result<std::uint64_t> size() override;
  Result<std::vector<Entry>> overdue(Time now, std::int64_t day, std::size_t most) override;
  Status told_overdue(const std::filesystem::path& path, std::int64_t day) override;

  // inventory_runs.cpp
  Result<Run> begin(const std::vector<std::filesystem::path>& folders, std::string_view origin,
                    Time now) override;
  Result<std::optional<Run>> unfinished() override;
  Result<std::optional<Time>> last_begun(std::string_view origin) override;
  Status checkpoint(std::int64_t run, const std::filesystem::path& cursor) override;
  Status lose(std::int64_t run, const std::filesystem::path& folder,
              std::string_view reason) override;
  Result<Sum> finish(const Run& run, bool complete, Time now) override;
  Result<std::vector<std::filesystem::path>> elsewhere(
      const std::vector<std::filesystem::path>& folders) override;

 private:
  /// A change that is not written yet.
  struct Note {
    Entry entry;
    std::int64_t run = 0;      ///< the last one that met it
    std::int64_t read_in = 0;  ///< the one that read it
  };
  struct Sighting {
    Time seen{};
    std::int64_t run = 0;
  };

  /// Inside a transaction of the caller's.
  Status write_notes();
  Status write_note(Note& note);
  /// Takes first sighting and deadline from the entry that is there, or from the one it was renamed
  /// from.
  Status remember_first(Entry& entry);
  /// Returns the row's number, which the elements refer to.
  Result<std::int64_t> write_file(const Note& note);
  Status write_elements(std::int64_t file, const Holding& holding);
  Status write_sighting(const std::filesystem::path& path, const Sighting& sighting);
  Status read_elements(std::int64_t file, Entry& entry);
  Status flush_held();
  /// At 256 changes held.
  Status flush_if_many();
  /// False: kMostFiles are in here, and this path is none of them.
  Result<bool> room_for(const std::filesystem::path& path);
  /// What an event met since the run began stays.
  Status drop_unmet(const Run& run);
  /// `whole`: everything, else what lies below the run's folders.
  Result<record::Inventory> sum_up(const Run& run, bool complete, bool whole, Time now);

  std::mutex mutex_;
  certs::SealedDatabase database_;
  std::optional<certs::Statement> known_;                ///< prepared once: asked of every file
  std::map<std::filesystem::path, Note> notes_;          ///< of files that were inspected
  std::map<std::filesystem::path, Sighting> sightings_;  ///< of files that were known
  /// Of the database alone; none: to be counted again.
  std::optional<std::uint64_t> size_;
};

}  // namespace huxin::discover
