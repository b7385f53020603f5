#include "agent/enforce/quarantine.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>

namespace huxin::enforce {
namespace {

constexpr std::size_t kMaxLog = std::size_t{64} << 20U;

std::string data_name(const QuarantinedFile& file) { return file.id + ".data"; }
/// What a file is called between two places, in the folder it leaves or comes to.
std::string aside_name(const QuarantinedFile& file) { return ".huxin-" + file.id; }

Result<FileVersion> version_of_open(int fd) {
  struct stat info{};
  if (::fstat(fd, &info) != 0) return fail_errno("stat");
  return version_of(info);
}

/// Is it the file that was copied? Renaming it changed its change time, nothing else.
bool same_file(const FileVersion& now, const FileVersion& then) {
  return now.device == then.device && now.inode == then.inode && now.mtime_ns == then.mtime_ns &&
         now.size == then.size;
}

/// Could the owner of a quarantined file have put it into this folder himself? Only there is it
/// released to, but for its old place: who puts an order together must not make root put what a
/// user wrote where root or somebody else runs it. What others could write to, though root's, is
/// anybody's.
Status owner_may_write(const QuarantinedFile& file, int folder) {
  struct stat info{};
  if (::fstat(folder, &info) != 0) return fail_errno("stat");
  const bool anybodys = file.uid == 0 && (file.mode & (S_IWGRP | S_IWOTH)) != 0;
  const mode_t needed = info.st_uid == file.uid   ? S_IWUSR | S_IXUSR
                        : info.st_gid == file.gid ? S_IWGRP | S_IXGRP
                                                  : S_IWOTH | S_IXOTH;
  if (!anybodys && (info.st_mode & needed) == needed) return {};
  return fail(Errc::kDenied,
              "文件的属主无权写入该文件夹; its owner may not write into this folder: {}",
              file.release_to.parent_path().native());
}

class Vault final : public Quarantine {
 public:
  Vault(std::filesystem::path path, Fd folder, Secret key, std::unique_ptr<FileOps> ops)
      : path_(std::move(path)),
        folder_(std::move(folder)),
        key_(std::move(key)),
        ops_(std::move(ops)) {}

  /// Reads the log, makes it whole, finishes or undoes what a crash left, and drops what is over.
  Status begin() {
    if (const Status fits = check_key(); !fits) return fits;
    const auto text = read_file(path_ / "log", kMaxLog);
    if (!text && text.error().code != Errc::kNotFound) return std::unexpected(text.error());
    auto files = parse_log(text.value_or(""));
    if (!files) return std::unexpected(files.error());
    files_ = std::move(*files);
    if (const Status whole = rewrite_log(); !whole)
      return whole;  // a line cut short must not meet the next one
    for (QuarantinedFile& file : files_) {
      if (const Status done = recover(file); !done) return done;
    }
    std::erase_if(files_, over);
    for (const QuarantinedFile& file : files_) {
      if (!file.told && file.step != Step::kKept && file.step != Step::kRemoved)
        recovery_.moves.push_back({file.incident, outcome_of(file)});
    }
    return rewrite_log();
  }

  Result<QuarantinedFile> take(const std::filesystem::path& path, const FileVersion& inspected,
                               std::string_view incident) override {
    const std::lock_guard lock(mutex_);
    const auto folder = ops_->open_folder(path.parent_path());
    if (!folder) return std::unexpected(folder.error());
    const auto source = ops_->open_file(folder->get(), path.filename());
    if (!source) return std::unexpected(source.error());
    struct stat info{};
    if (::fstat(source->get(), &info) != 0) return fail_errno("stat " + path.native());
    if (version_of(info) != inspected)
      return fail(Errc::kCancelled, "{} changed since it was inspected", path.native());
    QuarantinedFile file{.id = to_hex(random_bytes(16)),
                         .original = path,
                         .version = inspected,
                         .uid = info.st_uid,
                         .gid = info.st_gid,
                         .mode = info.st_mode & 07777U,
                         .links = info.st_nlink,
                         .digest = {},
                         .release_to = {},
                         .incident = to_hex(as_bytes(incident)),
                         .told = incident.empty()};
    if (const Status begun = record(file, Step::kIntent); !begun)
      return std::unexpected(begun.error());
    Status done = keep(file, source->get());
    if (done) done = record(file, Step::kKept);
    if (done) done = leave(file, folder->get(), source->get());
    if (!done) return give_up(file, folder->get(), done.error());
    return file;
  }

  Result<std::filesystem::path> release(std::string_view id,
                                        const std::filesystem::path& to) override {
    return put_out(id, to, false);
  }

  Result<std::filesystem::path> release_by_order(std::string_view id,
                                                 const std::filesystem::path& to) override {
    return put_out(id, to, true);
  }

  Status destroy(std::string_view id, order::Method method) override {
    const std::lock_guard lock(mutex_);
    auto file = find_done(id);
    if (!file) return std::unexpected(file.error());
    file->release_to.clear();
    file->told = false;
    if (const Status begun = record(*file, Step::kDestroying); !begun) return begun;
    return shred(*file, method);
  }

  Result<Fd> read(std::string_view id, std::uint64_t limit) override {
    const std::lock_guard lock(mutex_);
    const auto file = find_done(id);
    if (!file) return std::unexpected(file.error());
    if (file->version.size > limit)
      return fail(Errc::kTooLarge, "a file of {} bytes in quarantine, {} at most are read",
                  file->version.size, limit);
    const auto data = ops_->open_file(folder_.get(), data_name(*file));
    if (!data) return std::unexpected(data.error());
    Fd plain(::memfd_create("huxin-quarantined", MFD_CLOEXEC));
    if (!plain) return fail_errno("memfd");
    const auto digest = ops_->unseal(data->get(), plain.get(), key_, file->id);
    if (!digest) return std::unexpected(digest.error());
    if (keyed(*digest) != file->digest)
      return fail(Errc::kCorrupt, "{} was damaged in quarantine", file->id);
    if (::lseek(plain.get(), 0, SEEK_SET) != 0) return fail_errno("rewind");
    return plain;
  }

  std::vector<Left> left() const override {
    const std::lock_guard lock(mutex_);
    std::vector<Left> gone;
    for (const QuarantinedFile& file : files_) {
      if (file.step == Step::kRemoved && !file.told)
        gone.push_back({file.incident, file.original, file.release_to, file.version.size});
    }
    return gone;
  }

  Status told(std::string_view incident) override {
    const std::lock_guard lock(mutex_);
    const std::string name = to_hex(as_bytes(incident));
    for (QuarantinedFile& file : files_) {
      if (file.told || file.incident != name) continue;
      file.told = true;
      if (const Status written = ops_->append(log_.get(), format_step(file)); !written) {
        file.told = false;
        return written;
      }
    }
    std::erase_if(files_, over);
    return {};
  }

  std::vector<QuarantinedFile> list() const override {
    const std::lock_guard lock(mutex_);
    std::vector<QuarantinedFile> held;
    std::ranges::copy_if(files_, std::back_inserter(held), [](const QuarantinedFile& file) {
      return file.step == Step::kDone || file.step == Step::kKept;
    });
    return held;
  }

  Recovery recovered() const override {
    const std::lock_guard lock(mutex_);
    return recovery_;
  }

 private:
  Result<std::filesystem::path> put_out(std::string_view id, const std::filesystem::path& to,
                                        bool by_order) {
    const std::lock_guard lock(mutex_);
    auto found = find_done(id);
    if (!found) return std::unexpected(found.error());
    QuarantinedFile file = *std::move(found);
    const bool told = file.told;
    file.release_to = to.empty() ? file.original : to;
    if (by_order) file.told = false;
    const auto folder = ops_->open_folder(file.release_to.parent_path());
    if (!folder) return std::unexpected(folder.error());
    if (file.release_to != file.original) {
      if (const Status may = owner_may_write(file, folder->get()); !may)
        return std::unexpected(may.error());
    }
    if (const Status begun = record(file, Step::kRelease); !begun)
      return std::unexpected(begun.error());
    if (const Status put = put_back(file, folder->get()); !put) {
      file.told = told;
      [[maybe_unused]] const Status stays = record(file, Step::kDone);
      return std::unexpected(put.error());
    }
    Status done = record(file, Step::kReleased);
    if (done) done = remove(file);
    if (!done) return std::unexpected(done.error());
    return file.release_to;
  }

  static bool over(const QuarantinedFile& file) {
    return file.told && (file.step == Step::kAborted || file.step == Step::kRemoved);
  }
  static std::string outcome_of(const QuarantinedFile& file) {
    return file.step == Step::kAborted ? "failed: interrupted; the file was left where it was"
                                       : "quarantined";
  }

  /// Another key would make every file here look damaged: better not to begin.
  Status check_key() {
    const Digest mark = hmac_sha256(key_.view(), as_bytes("huxin-vault-key-1"));
    const auto known = read_file(path_ / "key.check", mark.size());
    if (!known && known.error().code == Errc::kNotFound)
      return write_file_atomically(path_ / "key.check", mark, 0600);
    if (!known) return std::unexpected(known.error());
    if (!equal_in_constant_time(as_bytes(*known), mark))
      return fail(Errc::kCorrupt, "{} was sealed with another key", path_.native());
    return {};
  }

  /// What the log may hold of a content: nothing that guesses could be tested against.
  std::string keyed(const Digest& content) const {
    constexpr std::string_view kLabel = "huxin-vault-digest-1";
    Bytes labelled(kLabel.begin(), kLabel.end());
    labelled.insert(labelled.end(), content.begin(), content.end());
    return to_hex(hmac_sha256(key_.view(), labelled));
  }

  Result<QuarantinedFile> find_done(std::string_view id) const {
    const auto found = std::ranges::find(files_, id, &QuarantinedFile::id);
    if (found == files_.end() || found->step != Step::kDone)
      return fail(Errc::kNotFound, "no file {} in quarantine", id);
    return *found;
  }

  /// From "destroying" to "removed". Also where a crash left off. The copy is sealed: a device that
  /// refuses to be overwritten, or writes elsewhere, holds nothing that can be read without the
  /// key.
  Status shred(QuarantinedFile& file, order::Method method) {
    const auto data = ops_->open_writable(folder_.get(), data_name(file));
    if (data && method == order::Method::kOverwrite) {
      const Status done = ops_->overwrite(data->get());
      if (done) [[maybe_unused]]
        const Status synced = ops_->sync(data->get());
    }
    return remove(file);
  }

  Status record(QuarantinedFile& file, Step step) {
    file.step = step;
    if (const Status written = ops_->append(log_.get(), format_step(file)); !written)
      return written;
    const auto known = std::ranges::find(files_, file.id, &QuarantinedFile::id);
    if (known == files_.end()) {
      files_.push_back(file);
    } else if (&*known != &file) {
      *known = file;
    }
    return {};
  }

  Status rewrite_log() {
    std::string text;
    for (const QuarantinedFile& file : files_) text += format_step(file);
    if (const Status written = write_file_atomically(path_ / "log", as_bytes(text), 0600); !written)
      return written;
    log_ = Fd(::open((path_ / "log").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
    if (!log_) return fail_errno("open the quarantine log");
    return {};
  }

  /// Seals a copy into the vault, and believes it only when it opened it again.
  Status keep(QuarantinedFile& file, int source) {
    const auto copy = ops_->create(folder_.get(), data_name(file));
    if (!copy) return std::unexpected(copy.error());
    const auto written = ops_->seal(source, copy->get(), key_, file.id);
    if (!written) return std::unexpected(written.error());
    if (const Status synced = ops_->sync(copy->get()); !synced) return synced;
    const auto read = ops_->unseal(copy->get(), -1, key_, file.id);
    if (!read) return std::unexpected(read.error());
    if (*read != *written)
      return fail(Errc::kCorrupt, "the copy in quarantine differs from its source");
    const auto now = version_of_open(source);
    if (!now || *now != file.version)
      return fail(Errc::kCancelled, "{} changed while it was copied", file.original.native());
    file.digest = keyed(*read);
    return ops_->sync(folder_.get());
  }

  /// Sets the source aside and removes it, if it is what was copied. `source` is that very file,
  /// where it is still open: with it, one that has another name now is not taken for removed.
  Status leave(QuarantinedFile& file, int folder, int source = -1) {
    const Status aside = ops_->rename(folder, file.original.filename(), folder, aside_name(file));
    if (!aside && aside.error().code != Errc::kNotFound) return aside;
    if (aside) {
      if (const Status removed = remove_aside(file, folder); !removed) return removed;
    }
    struct stat left{};
    if (source >= 0 && ::fstat(source, &left) == 0 && left.st_nlink >= file.links &&
        same_file(version_of(left), file.version)) {
      return fail(Errc::kCancelled,
                  "{}: its user gave it another name while it was taken; a copy is in quarantine",
                  file.original.native());
    }
    return record(file, Step::kDone);  // not found: its user removed it; the vault has it
  }

  Status remove_aside(QuarantinedFile& file, int folder) {
    const auto source = ops_->open_file(folder, aside_name(file));
    if (!source && source.error().code == Errc::kNotFound)
      return {};  // its user removed it; the vault has it
    const bool other_kind = !source && source.error().code == Errc::kInvalid;
    const auto now = source ? version_of_open(source->get()) : std::unexpected(source.error());
    if (!now && !other_kind)
      return std::unexpected(now.error());  // not knowing is not knowing it to be different
    if (now && same_file(*now, file.version)) {
      if (const Status gone = ops_->unlink(folder, aside_name(file)); !gone) return gone;
      return ops_->sync(folder);
    }
    ++recovery_.source_kept;
    return return_aside(file, folder);
  }

  /// Puts what was set aside back in its place, or beside it when somebody took that.
  Status return_aside(const QuarantinedFile& file, int folder) {
    const std::string name = file.original.filename();
    Status back = ops_->rename(folder, aside_name(file), folder, name);
    if (!back && back.error().code == Errc::kExists) {
      back = ops_->rename(folder, aside_name(file), folder, name + ".huxin-" + file.id);
    }
    if (!back) return back;
    return ops_->sync(folder);
  }

  /// Undoes a move that failed. The copy goes only when the source is seen at its place.
  std::unexpected<Error> give_up(QuarantinedFile& file, int folder, const Error& why) {
    if (file.step == Step::kDone)
      return std::unexpected(why);  // done but for the log; recovered later
    if (file.step == Step::kKept) [[maybe_unused]]
      const Status back = return_aside(file, folder);
    if (!at_place(file, folder)) return std::unexpected(why);
    [[maybe_unused]] const Status aborted = record(file, Step::kAborted);
    [[maybe_unused]] const Status removed = ops_->unlink(folder_.get(), data_name(file));
    std::erase_if(files_, over);
    return std::unexpected(why);
  }

  bool at_place(const QuarantinedFile& file, int folder) {
    const auto source = ops_->open_file(folder, file.original.filename());
    const auto now = source ? version_of_open(source->get()) : std::unexpected(source.error());
    // Before the source is ever set aside, a newer version at its place is as good.
    return now && (file.step == Step::kIntent || same_file(*now, file.version));
  }

  Status put_back(const QuarantinedFile& file, int folder) {
    const auto data = ops_->open_file(folder_.get(), data_name(file));
    if (!data) return std::unexpected(data.error());
    const auto copy = ops_->create(folder, aside_name(file));
    if (!copy) return std::unexpected(copy.error());
    Status done;
    const auto written = ops_->unseal(data->get(), copy->get(), key_, file.id);
    if (!written) done = std::unexpected(written.error());
    if (done && keyed(*written) != file.digest)
      done = fail(Errc::kCorrupt, "{} was damaged in quarantine", file.id);
    if (done)
      done = ops_->restore_owner(copy->get(), file.uid, file.gid, file.mode, file.version.mtime_ns);
    if (done) done = ops_->sync(copy->get());
    if (done) done = ops_->rename(folder, aside_name(file), folder, file.release_to.filename());
    if (done) done = ops_->sync(folder);
    if (done) done = check_placed(file, folder, copy->get());
    if (!done) [[maybe_unused]]
      const Status removed = ops_->unlink(folder, aside_name(file));
    return done;
  }

  /// The folder is its user's: what stands there now must be the very file written.
  Status check_placed(const QuarantinedFile& file, int folder, int copy) {
    const auto placed = ops_->open_file(folder, file.release_to.filename());
    const auto now = placed ? version_of_open(placed->get()) : std::unexpected(placed.error());
    const auto ours = version_of_open(copy);
    if (!now || !ours || !same_file(*now, *ours))
      return fail(Errc::kCancelled, "{} was exchanged", file.release_to.native());
    return {};
  }

  Status remove(QuarantinedFile& file) {
    const Status gone = ops_->unlink(folder_.get(), data_name(file));
    if (!gone && gone.error().code != Errc::kNotFound) return gone;
    if (const Status synced = ops_->sync(folder_.get()); !synced) return synced;
    return record(file, Step::kRemoved);
  }

  Status recover(QuarantinedFile& file) {
    switch (file.step) {
      case Step::kIntent:
        ++recovery_.rolled_back;
        [[fallthrough]];
      case Step::kAborted:
        return drop(file);
      case Step::kKept:
        return recover_kept(file);
      case Step::kRelease:
        return recover_release(file);
      case Step::kReleased:
        ++recovery_.finished;
        return remove(file);
      case Step::kDestroying:
        ++recovery_.finished;
        return shred(file, order::Method::kOverwrite);
      case Step::kDone:
      case Step::kRemoved:
        return {};
    }
    return {};
  }

  Status drop(QuarantinedFile& file) {
    const Status gone = ops_->unlink(folder_.get(), data_name(file));
    if (!gone && gone.error().code != Errc::kNotFound) return gone;
    return record(file, Step::kAborted);
  }

  bool whole(const QuarantinedFile& file) {
    const auto data = ops_->open_file(folder_.get(), data_name(file));
    const auto digest =
        data ? ops_->unseal(data->get(), -1, key_, file.id) : std::unexpected(data.error());
    return digest && keyed(*digest) == file.digest;
  }

  Status recover_kept(QuarantinedFile& file) {
    const auto folder = ops_->open_folder(file.original.parent_path());
    if (!folder) return {};  // a stick that is away; the copy stays and the next start tries again
    const bool aside = ops_->open_file(folder->get(), aside_name(file)).has_value();
    if (!whole(file)) {
      if (!aside && !at_place(file, folder->get())) return {};  // damaged, but there is no other
      ++recovery_.rolled_back;
      if (const Status back = aside ? return_aside(file, folder->get()) : Status{}; !back)
        return back;
      return drop(file);
    }
    if (!aside && ops_->open_file(folder->get(), file.original.filename()) &&
        !at_place(file, folder->get())) {
      ++recovery_.source_kept;
      return record(file, Step::kDone);
    }
    ++recovery_.finished;
    if (!aside) return leave(file, folder->get());
    if (const Status removed = remove_aside(file, folder->get()); !removed) return removed;
    return record(file, Step::kDone);
  }

  Status recover_release(QuarantinedFile& file) {
    const auto folder = ops_->open_folder(file.release_to.parent_path());
    if (!folder) return record(file, Step::kDone);
    [[maybe_unused]] const Status removed = ops_->unlink(folder->get(), aside_name(file));
    const auto placed = ops_->open_file(folder->get(), file.release_to.filename());
    const auto digest = placed ? ops_->digest(placed->get()) : std::unexpected(placed.error());
    if (!digest || keyed(*digest) != file.digest) {
      ++recovery_.rolled_back;
      return record(file, Step::kDone);
    }
    ++recovery_.finished;
    if (const Status released = record(file, Step::kReleased); !released) return released;
    return remove(file);
  }

  std::filesystem::path path_;
  Fd folder_;
  Fd log_;
  Secret key_;
  std::unique_ptr<FileOps> ops_;
  mutable std::mutex mutex_;
  std::vector<QuarantinedFile> files_;
  Recovery recovery_;
};

}  // namespace

Result<std::unique_ptr<Quarantine>> Quarantine::open(const std::filesystem::path& vault, Secret key,
                                                     std::unique_ptr<FileOps> ops) {
  if (key.size() != kVaultKey) return fail(Errc::kInvalid, "a vault key has {} bytes", kVaultKey);
  if (::mkdir(vault.c_str(), 0700) != 0 && errno != EEXIST)
    return fail_errno("make " + vault.native());
  Fd folder(::open(vault.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder) return fail_errno("open " + vault.native());
  if (::fchmod(folder.get(), 0700) != 0) return fail_errno("chmod " + vault.native());
  if (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0)
    return fail(Errc::kUnavailable, "{} is in use", vault.native());
  auto opened = std::make_unique<Vault>(vault, std::move(folder), std::move(key), std::move(ops));
  if (const Status begun = opened->begin(); !begun) return std::unexpected(begun.error());
  return opened;
}

}  // namespace huxin::enforce
