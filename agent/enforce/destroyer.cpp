#include "agent/enforce/destroyer.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>

#include "agent/enforce/disk_kind.hpp"

namespace huxin::enforce {
namespace {

constexpr std::size_t kMaxLog = std::size_t{64} << 20U;
constexpr std::string_view kRenamed = "its user gave it another name while it was destroyed";
constexpr std::string_view kTaken =
    "another file took its name while it was destroyed; that one was kept";

/// What a file is called between its place and nowhere.
std::string aside_name(const Destruction& file) { return ".huxin-" + file.id; }

struct Seen {
  FileVersion version;
  std::uint64_t links = 0;
};
Result<Seen> look_at(int fd) {
  struct stat info{};
  if (::fstat(fd, &info) != 0) return fail_errno("stat");
  return Seen{version_of(info), info.st_nlink};
}

bool same_inode(const FileVersion& now, const FileVersion& then) {
  return now.device == then.device && now.inode == then.inode;
}
/// Is it what was inspected? Renaming it changed its change time, nothing else.
bool same_file(const FileVersion& now, const FileVersion& then) {
  return same_inode(now, then) && now.mtime_ns == then.mtime_ns && now.size == then.size;
}

bool over(const Destruction& file) {
  return file.step == DestructionStep::kAborted ||
         (file.step == DestructionStep::kGone && file.told);
}

class Shredder final : public Destroyer {
 public:
  Shredder(std::filesystem::path path, Fd folder, Secret key, std::unique_ptr<FileOps> ops)
      : path_(std::move(path)),
        folder_(std::move(folder)),
        key_(std::move(key)),
        ops_(std::move(ops)) {}

  /// Reads the log, makes it whole, undoes or finishes what a crash left, and drops what is over.
  Status begin() {
    const auto text = read_file(path_ / "log", kMaxLog);
    if (!text && text.error().code != Errc::kNotFound) return std::unexpected(text.error());
    auto files = parse_destruction_log(text.value_or(""));
    if (!files) return std::unexpected(files.error());
    files_ = std::move(*files);
    if (const Status whole = rewrite_log(); !whole) return whole;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      Destruction file = files_[i];
      if (const Status done = recover(file); !done) return done;
    }
    std::erase_if(files_, over);
    return rewrite_log();
  }

  Result<Destruction> destroy(const std::filesystem::path& path, const FileVersion& inspected,
                              order::Method method, std::string_view order) override {
    const std::lock_guard lock(mutex_);
    const auto folder = ops_->open_folder(path.parent_path());
    if (!folder) return std::unexpected(folder.error());
    const auto source = open_source(folder->get(), path.filename(), method);
    if (!source) return std::unexpected(source.error());
    if (const Status fits = check(source->get(), path, inspected); !fits)
      return std::unexpected(fits.error());
    const auto content = ops_->digest(source->get());
    if (!content) return std::unexpected(content.error());
    if (const Status fits = check(source->get(), path, inspected); !fits)
      return std::unexpected(fits.error());
    Destruction file{.id = to_hex(random_bytes(16)),
                     .order = std::string(order),
                     .path = path,
                     .version = inspected,
                     .method = method,
                     .digest = content_digest(key_, *content)};
    if (const Status begun = record(file, DestructionStep::kIntent); !begun)
      return std::unexpected(begun.error());
    Status done = set_aside(file, folder->get());
    if (done) done = record(file, DestructionStep::kDestroying);
    if (!done) return give_up(file, folder->get(), done.error());
    if (const Status gone = finish(file, folder->get(), source->get()); !gone)
      return fail(Errc::kUnavailable, "{}: set aside as {}; {}", path.native(), aside_name(file),
                  gone.error().context);
    if (file.step == DestructionStep::kAborted)
      return fail(Errc::kCancelled, "{}: {}", path.native(), file.note);
    return file;
  }

  std::vector<Destruction> of_order(std::string_view order) const override {
    const std::lock_guard lock(mutex_);
    std::vector<Destruction> gone;
    std::ranges::copy_if(files_, std::back_inserter(gone), [&](const Destruction& file) {
      return file.step == DestructionStep::kGone && file.order == order;
    });
    return gone;
  }

  std::vector<Destruction> untold() const override {
    const std::lock_guard lock(mutex_);
    std::vector<Destruction> gone;
    std::ranges::copy_if(files_, std::back_inserter(gone), [](const Destruction& file) {
      return file.step == DestructionStep::kGone && !file.told;
    });
    return gone;
  }

  Status told(std::string_view order) override {
    const std::lock_guard lock(mutex_);
    for (Destruction& file : files_) {
      if (file.told || file.order != order || file.step != DestructionStep::kGone) continue;
      file.told = true;
      if (const Status written = ops_->append(log_.get(), format_step(file)); !written) {
        file.told = false;
        return written;
      }
    }
    std::erase_if(files_, over);
    return {};
  }

  std::size_t unfinished() const override {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count_if(files_, [](const Destruction& file) {
      return file.step == DestructionStep::kIntent || file.step == DestructionStep::kDestroying;
    }));
  }

 private:
  /// The file itself, held until it is gone: whoever takes its name away takes nothing with it.
  /// One that cannot be written to (a program that runs) still has a name to remove.
  Result<Fd> open_source(int folder, const std::string& name, order::Method method) {
    if (method == order::Method::kOverwrite) {
      if (auto writable = ops_->open_writable(folder, name)) return writable;
    }
    return ops_->open_file(folder, name);
  }

  static Status check(int fd, const std::filesystem::path& path, const FileVersion& inspected) {
    const auto seen = look_at(fd);
    if (!seen) return std::unexpected(seen.error());
    if (seen->version != inspected)
      return fail(Errc::kCancelled, "{} changed since it was inspected", path.native());
    if (seen->links != 1)
      return fail(Errc::kDenied, "{} has {} names (hard links)", path.native(), seen->links);
    return {};
  }

  Status record(Destruction& file, DestructionStep step) {
    const DestructionStep before = std::exchange(file.step, step);
    if (const Status written = ops_->append(log_.get(), format_step(file)); !written) {
      file.step = before;
      return written;
    }
    const auto known = std::ranges::find(files_, file.id, &Destruction::id);
    if (known == files_.end()) {
      files_.push_back(file);
    } else {
      *known = file;
    }
    return {};
  }

  Status rewrite_log() {
    std::string text;
    for (const Destruction& file : files_) text += format_step(file);
    if (const Status written = write_file_atomically(path_ / "log", as_bytes(text), 0600); !written)
      return written;
    log_ = Fd(::open((path_ / "log").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
    if (!log_) return fail_errno("open the destruction log");
    return {};
  }

  /// Gives the file our own name, and makes sure that it is the file inspected that has it.
  Status set_aside(const Destruction& file, int folder) {
    if (const Status moved = ops_->rename(folder, file.path.filename(), folder, aside_name(file));
        !moved)
      return moved;
    const auto source = ops_->open_file(folder, aside_name(file));
    if (!source && source.error().code == Errc::kNotFound)
      return fail(Errc::kCancelled, "{}: {}", file.path.native(), kRenamed);
    if (!source) return std::unexpected(source.error());
    const auto seen = look_at(source->get());
    if (!seen) return std::unexpected(seen.error());
    if (!same_file(seen->version, file.version) || seen->links != 1)
      return fail(Errc::kCancelled, "{} changed since it was inspected", file.path.native());
    return ops_->sync(folder);
  }

  /// Puts what was set aside back in its place, or beside it when somebody took that.
  Status return_aside(const Destruction& file, int folder) {
    const std::string name = file.path.filename();
    Status back = ops_->rename(folder, aside_name(file), folder, name);
    if (!back && back.error().code == Errc::kExists)
      back = ops_->rename(folder, aside_name(file), folder, name + ".huxin-" + file.id);
    if (!back && back.error().code != Errc::kNotFound) return back;
    return ops_->sync(folder);
  }

  std::unexpected<Error> give_up(Destruction& file, int folder, const Error& why) {
    const Status back = return_aside(file, folder);
    if (!back)
      return fail(Errc::kUnavailable, "{}; set aside as {}: {}", why.context, aside_name(file),
                  back.error().context);
    [[maybe_unused]] const Status aborted = record(file, DestructionStep::kAborted);
    std::erase_if(files_, over);
    return std::unexpected(why);
  }

  /// From "destroying" to "gone", by the file that was inspected, whatever its name is now.
  Status finish(Destruction& file, int folder, int source) {
    if (file.method == order::Method::kOverwrite) overwrite(file, source);
    if (const Status removed = remove_name(file, folder, source); !removed) return removed;
    const auto left = look_at(source);
    if (!left) return std::unexpected(left.error());
    return left->links > 0 ? moved_away(file, folder) : be_gone(file, folder);
  }

  /// The same where a crash left off: any part may be done already.
  Status finish_later(Destruction& file, int folder) {
    const auto source = open_source(folder, aside_name(file), file.method);
    if (!source && source.error().code == Errc::kNotFound) {
      add_note(file, "it was not there any more after a restart");
      return be_gone(file, folder);
    }
    if (!source) return std::unexpected(source.error());
    const auto seen = look_at(source->get());
    if (!seen) return std::unexpected(seen.error());
    // The number of a device may be another one after a restart; that of a file in a folder is not.
    if (seen->version.inode != file.version.inode) {
      add_note(file, kTaken);
      return be_gone(file, folder);
    }
    return finish(file, folder, source->get());
  }

  /// Removes our name, if the file still has it.
  Status remove_name(Destruction& file, int folder, int source) {
    const auto named = ops_->open_file(folder, aside_name(file));
    if (!named && named.error().code == Errc::kNotFound) return {};
    const bool other_kind = !named && named.error().code == Errc::kInvalid;
    if (!named && !other_kind) return std::unexpected(named.error());
    const auto ours = look_at(source);
    if (!ours) return std::unexpected(ours.error());
    const auto theirs = other_kind ? Result<Seen>(Seen{}) : look_at(named->get());
    if (!theirs) return std::unexpected(theirs.error());
    if (!same_inode(theirs->version, ours->version)) {
      add_note(file, kTaken);
      return {};
    }
    const Status removed = ops_->unlink(folder, aside_name(file));
    return !removed && removed.error().code == Errc::kNotFound ? Status{} : removed;
  }

  /// A disk that refuses to be overwritten is told of; the name goes all the same.
  void overwrite(Destruction& file, int fd) {
    Status done = ops_->overwrite(fd);
    if (done) done = ops_->sync(fd);
    if (done) return add_note(file, warning(disk_of(fd)));
    file.method = order::Method::kUnlink;
    add_note(file, "overwriting failed, only the name was removed: " + done.error().context);
  }

  /// Its user gave it another name meanwhile. Overwritten, it is gone; otherwise it is whole,
  /// there.
  Status moved_away(Destruction& file, int folder) {
    if (file.method == order::Method::kOverwrite) {
      add_note(file, "its user gave it another name; what is there is overwritten");
      return be_gone(file, folder);
    }
    add_note(file, kRenamed);
    return record(file, DestructionStep::kAborted);
  }

  Status be_gone(Destruction& file, int folder) {
    if (const Status synced = ops_->sync(folder); !synced) return synced;
    return record(file, DestructionStep::kGone);
  }

  static void add_note(Destruction& file, std::string_view note) {
    if (note.empty() || file.note.contains(note)) return;
    file.note += (file.note.empty() ? "" : "; ") + std::string(note);
  }

  Status recover(Destruction& file) {
    if (file.step == DestructionStep::kGone || file.step == DestructionStep::kAborted) return {};
    const auto folder = ops_->open_folder(file.path.parent_path());
    if (!folder) return {};  // a stick that is away; the next start tries again
    if (file.step == DestructionStep::kIntent) {
      const Status back = return_aside(file, folder->get());
      return back ? record(file, DestructionStep::kAborted) : Status{};
    }
    [[maybe_unused]] const Status tried =
        finish_later(file, folder->get());  // else at the next start
    return {};
  }

  std::filesystem::path path_;
  Fd folder_;
  Fd log_;
  const Secret key_;
  std::unique_ptr<FileOps> ops_;
  mutable std::mutex mutex_;
  std::vector<Destruction> files_;
};

}  // namespace

std::string content_digest(const Secret& key, const Digest& content) {
  constexpr std::string_view kLabel = "huxin-content-1";
  Bytes labelled(kLabel.begin(), kLabel.end());
  labelled.insert(labelled.end(), content.begin(), content.end());
  return to_hex(ByteView(hmac_sha256(key.view(), labelled)).first(16));
}

Result<std::unique_ptr<Destroyer>> Destroyer::open(const std::filesystem::path& path,
                                                   Secret digest_key,
                                                   std::unique_ptr<FileOps> ops) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
    return fail_errno("make " + path.native());
  Fd folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder) return fail_errno("open " + path.native());
  if (::fchmod(folder.get(), 0700) != 0) return fail_errno("chmod " + path.native());
  if (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0)
    return fail(Errc::kUnavailable, "{} is in use", path.native());
  auto opened =
      std::make_unique<Shredder>(path, std::move(folder), std::move(digest_key), std::move(ops));
  if (const Status begun = opened->begin(); !begun) return std::unexpected(begun.error());
  return opened;
}

}  // namespace huxin::enforce
