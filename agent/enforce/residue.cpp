#include "agent/enforce/residue.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>

#include "agent/enforce/destroyer.hpp"
#include "agent/enforce/file_ops.hpp"
#include "agent/enforce/file_uri.hpp"
#include "agent/enforce/recent_list.hpp"

namespace huxin::enforce {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxList = std::size_t{16} << 20U;  // recently-used.xbel
constexpr std::size_t kMaxTrashInfo = std::size_t{64} << 10U;
constexpr std::array<std::string_view, 5> kThumbnails{"normal", "large", "x-large", "xx-large",
                                                      "fail"};
/// Where office programs keep what they saved by themselves, below a home; all of it is looked at.
constexpr std::array<std::string_view, 5> kAutosave{
    ".config/libreoffice", ".var/app/org.libreoffice.LibreOffice/config/libreoffice",
    ".local/share/Kingsoft", ".kingsoft", ".cache/wps-office"};

struct Entry {
  fs::path path;
  int folder = -1;
  std::string name;
  struct stat info{};
};

/// "客户.xlsx" → "客户"
std::string stem_of(const fs::path& path) { return path.stem().native(); }

/// Is it a name that a program gives to what it saves of a document: its name or stem, and behind
/// it nothing or a sign that is part of no word?
bool derived_from(std::string_view name, const fs::path& document) {
  for (const std::string_view sign : {"~$", ".~", "#", "."}) {
    if (name.starts_with(sign)) {
      name.remove_prefix(sign.size());
      break;
    }
  }
  const std::string stem = stem_of(document);
  if (stem.empty() || !name.starts_with(stem)) return false;
  return name.size() == stem.size() || std::string_view("._-~#( ").contains(name[stem.size()]);
}

bool is_lock(std::string_view name, std::string_view document) {
  if (name == fmt::format(".~lock.{}#", document) || name == fmt::format(".~{}", document))
    return true;
  // Microsoft's and WPS's owner file: "~$" takes the place of the first two characters of long
  // names.
  return name == fmt::format("~${}", document);
}

bool is_backup(std::string_view name, const fs::path& document) {
  const std::string whole = document.filename();
  const std::string stem = stem_of(document);
  if (name == whole + "~" || name == whole + ".bak" || name == stem + ".bak" ||
      name == stem + ".BAK" || name == whole + ".old" || name == whole + ".orig" ||
      name == whole + ".save" || name == "#" + whole + "#")
    return true;
  if (name.starts_with(whole + ".~") && name.ends_with("~")) return true;  // numbered, Emacs
  return name.starts_with("." + whole + ".sw") && name.size() == whole.size() + 5;  // Vim
}

class Finder {
 public:
  Finder(const ResiduePlaces& places, std::span<const Sought> sought, const Secret& key,
         const SearchLimits& limits)
      : places_(places), sought_(sought), key_(key), limits_(limits) {}

  std::vector<Trace> find() {
    for (std::size_t i = 0; i < sought_.size(); ++i) look_beside(i);
    for (const ResiduePlaces::Home& home : places_.homes) {
      look_into_trash(home.path / ".local/share/Trash", {});
      for (const std::string_view folder : kAutosave)
        look_into(home.path / folder, TraceKind::kAutosave, true);
      look_into_thumbnails(home.path / ".cache/thumbnails");
      look_into_thumbnails(home.path / ".thumbnails");
      look_into_recent(home.path / ".local/share/recently-used.xbel");
      look_into_shortcuts(home.path / ".local/share/RecentDocuments");
    }
    for (const fs::path& mount : places_.mounts) {
      for (const ResiduePlaces::Home& home : places_.homes) {
        const std::string uid = std::to_string(home.uid);
        look_into_trash(mount / ".Trash" / uid, mount);
        look_into_trash(mount / (".Trash-" + uid), mount);
      }
    }
    for (const fs::path& folder : places_.temporary)
      look_into(folder, TraceKind::kTemporary, false);
    return std::move(traces_);
  }

 private:
  using Visit = std::function<void(const Entry&)>;

  void add(const fs::path& path, TraceKind kind, std::size_t sought, bool same_content) {
    // The file itself, where it could not be destroyed, is no trace of itself.
    if (std::ranges::any_of(sought_, [&](const Sought& each) { return each.path == path; })) return;
    if (std::ranges::find(traces_, path, &Trace::path) != traces_.end()) return;
    traces_.push_back({path, kind, sought, same_content, {}});
  }
  /// Once for each place, though several files were in it.
  void add_fault(const fs::path& path, TraceKind kind, std::string fault) {
    const auto told = [&](const Trace& trace) {
      return trace.path == path && trace.kind == kind && trace.fault == fault;
    };
    if (std::ranges::none_of(traces_, told)) traces_.push_back({path, kind, 0, false, fault});
  }

  /// Opens a folder of a place; none when there is none. A place that cannot be looked at is told.
  std::optional<Fd> open_place(const fs::path& folder, TraceKind kind) {
    auto opened = ops_->open_folder(folder);
    if (opened) return *std::move(opened);
    if (opened.error().code != Errc::kNotFound) add_fault(folder, kind, opened.error().context);
    return std::nullopt;
  }

  /// Visits every regular file below a folder, on its file system.
  void walk(const fs::path& folder, TraceKind kind, const Visit& visit) {
    search(folder, kind, limits_.depth, visit);
  }

  /// As walk, no deeper than told; what kept it from seeing all of the place is told.
  void search(const fs::path& folder, TraceKind kind, std::optional<std::size_t> depth,
              const Visit& visit) {
    auto opened = open_place(folder, kind);
    if (!opened) return;
    struct stat info{};
    if (::fstat(opened->get(), &info) != 0)
      return add_fault(folder, kind, fail_errno("stat").error().context);
    seen_ = {.left = limits_.files};
    descend(*std::move(opened), folder, info.st_dev, depth, visit);
    if (seen_.cut_off)
      add_fault(folder, kind, "not searched to its end: too many files, or too deep");
    if (seen_.unopened > 0)
      add_fault(
          folder, kind,
          fmt::format("not searched to its end: {} folders could not be listed", seen_.unopened));
    if (seen_.beyond > 0)
      add_fault(folder, kind,
                fmt::format("{} files of the same size were not compared: too much to read",
                            seen_.beyond));
    if (seen_.unread > 0)
      add_fault(folder, kind,
                fmt::format("{} files of the same size could not be read", seen_.unread));
  }

  /// No depth: only the folder itself is looked at, and that there are others in it is no fault.
  void descend(Fd folder, const fs::path& path, dev_t device, std::optional<std::size_t> depth,
               const Visit& visit) {
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(folder.get()), ::closedir);
    if (!listing) {
      ++seen_.unopened;
      return;
    }
    const int at = folder.release();  // the listing owns it now
    while (const dirent* const found = ::readdir(listing.get())) {
      Entry entry{.path = path / found->d_name, .folder = at, .name = found->d_name};
      if (entry.name == "." || entry.name == "..") continue;
      if (seen_.left == 0) {
        seen_.cut_off = true;
        return;
      }
      --seen_.left;
      if (::fstatat(at, entry.name.c_str(), &entry.info, AT_SYMLINK_NOFOLLOW) != 0) continue;
      if (S_ISREG(entry.info.st_mode)) visit(entry);
      if (!depth || !S_ISDIR(entry.info.st_mode) || entry.info.st_dev != device) continue;
      if (*depth == 0) {
        seen_.cut_off = true;
        continue;
      }
      descend_into(entry, device, *depth - 1, visit);
    }
  }

  void descend_into(const Entry& entry, dev_t device, std::size_t depth, const Visit& visit) {
    Fd below(::openat(entry.folder, entry.name.c_str(),
                      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (below) return descend(std::move(below), entry.path, device, depth, visit);
    const bool gone = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;  // since it was listed
    if (!gone) ++seen_.unopened;
  }

  /// Which sought file has this content, if any.
  std::optional<std::size_t> same_content(const Entry& entry) {
    const auto size = static_cast<std::uint64_t>(entry.info.st_size);
    const auto fits = [&](const Sought& each) {
      return !each.digest.empty() && each.bytes == size;
    };
    if (std::ranges::none_of(sought_, fits)) return std::nullopt;
    if (size > limits_.hashed - hashed_) {
      ++seen_.beyond;
      return std::nullopt;
    }
    const auto file = ops_->open_file(entry.folder, entry.name);
    const auto content = file ? ops_->digest(file->get()) : std::unexpected(file.error());
    hashed_ += size;
    if (!content) {
      if (content.error().code != Errc::kNotFound) ++seen_.unread;
      return std::nullopt;
    }
    const std::string digest = content_digest(key_, *content);
    const auto found = std::ranges::find(sought_, digest, &Sought::digest);
    if (found == sought_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - sought_.begin());
  }

  void look_into(const fs::path& folder, TraceKind kind, bool derived) {
    walk(folder, kind, [&](const Entry& entry) {
      if (const auto sought = same_content(entry)) return add(entry.path, kind, *sought, true);
      for (std::size_t i = 0; i < sought_.size(); ++i) {
        const fs::path& document = sought_[i].path;
        if (entry.name == document.filename() ||
            is_lock(entry.name, document.filename().native()) ||
            (derived && derived_from(entry.name, document)))
          add(entry.path, kind, i, false);
      }
    });
  }

  /// The folder a file was in, and nothing below it.
  void look_beside(std::size_t index) {
    const fs::path& document = sought_[index].path;
    const auto visit = [&](const Entry& entry) {
      if (is_lock(entry.name, document.filename().native()))
        return add(entry.path, TraceKind::kLock, index, false);
      const auto same = same_content(entry);
      if (is_backup(entry.name, document))
        return add(entry.path, TraceKind::kBackup, index, same.has_value());
      if (same) add(entry.path, TraceKind::kCopy, *same, true);
    };
    search(document.parent_path(), TraceKind::kCopy, std::nullopt, visit);
  }

  /// A trash folder: `top` is what the Paths in it are relative to; empty for a home's.
  void look_into_trash(const fs::path& trash, const fs::path& top) {
    constexpr std::string_view kInfo = ".trashinfo";
    walk(trash / "info", TraceKind::kTrash, [&](const Entry& entry) {
      if (!entry.name.ends_with(kInfo)) return;
      const fs::path was = top / trashed_path(read(entry, kMaxTrashInfo).value_or(""));
      const fs::path kept =
          trash / "files" / entry.name.substr(0, entry.name.size() - kInfo.size());
      for (std::size_t i = 0; i < sought_.size(); ++i) {
        const fs::path rest = sought_[i].path.lexically_relative(was);
        if (rest.empty() || *rest.begin() == "..") continue;
        const bool itself = rest == ".";
        add_if_there(itself ? kept : kept / rest, TraceKind::kTrash, i);
        if (itself) add(entry.path, TraceKind::kTrash, i, false);
      }
    });
    walk(trash / "files", TraceKind::kTrash, [&](const Entry& entry) {
      const auto sought = same_content(entry);
      if (!sought) return;
      add(entry.path, TraceKind::kTrash, *sought, true);
      const fs::path info = trash / "info" / (entry.name + std::string(kInfo));
      if (entry.path.parent_path() == trash / "files")
        add_if_there(info, TraceKind::kTrash, *sought);
    });
  }

  void add_if_there(const fs::path& path, TraceKind kind, std::size_t sought) {
    const auto folder = ops_->open_folder(path.parent_path());
    if (!folder) return;
    Entry entry{.path = path, .folder = folder->get(), .name = path.filename()};
    if (::fstatat(entry.folder, entry.name.c_str(), &entry.info, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(entry.info.st_mode))
      add(path, kind, sought, same_content(entry) == sought);
  }

  Result<std::string> read(const Entry& entry, std::size_t limit) {
    const auto file = ops_->open_file(entry.folder, entry.name);
    if (!file) return std::unexpected(file.error());
    return read_file(fmt::format("/proc/self/fd/{}", file->get()), limit);
  }

  void look_into_thumbnails(const fs::path& cache) {
    std::map<std::string, std::size_t> wanted;
    for (std::size_t i = 0; i < sought_.size(); ++i)
      wanted[thumbnail_name(to_file_uri(sought_[i].path.native())) + ".png"] = i;
    for (const std::string_view size : kThumbnails) {
      walk(cache / size, TraceKind::kThumbnail, [&](const Entry& entry) {
        const auto found = wanted.find(entry.name);
        if (found != wanted.end()) add(entry.path, TraceKind::kThumbnail, found->second, false);
      });
    }
  }

  void look_into_recent(const fs::path& list) {
    auto folder = open_place(list.parent_path(), TraceKind::kRecent);
    if (!folder) return;
    const auto text =
        read({.path = list, .folder = folder->get(), .name = list.filename()}, kMaxList);
    if (!text && text.error().code == Errc::kNotFound) return;
    if (!text) return add_fault(list, TraceKind::kRecent, text.error().context);
    for (std::size_t i = 0; i < sought_.size(); ++i) {
      if (without(*text, sought_[i].path.native()).removed > 0)
        traces_.push_back({list, TraceKind::kRecent, i, false, {}});  // one for each file
    }
  }

  /// KDE keeps one .desktop file a document, with its address in it.
  void look_into_shortcuts(const fs::path& folder) {
    walk(folder, TraceKind::kRecent, [&](const Entry& entry) {
      if (!entry.name.ends_with(".desktop")) return;
      const auto text = read(entry, kMaxTrashInfo);
      if (!text) return;
      for (std::size_t i = 0; i < sought_.size(); ++i) {
        const std::string& path = sought_[i].path.native();
        if (text->contains("=" + to_file_uri(path) + "\n") ||
            text->contains("=file://" + path + "\n"))
          add(entry.path, TraceKind::kRecent, i, false);
      }
    });
  }

  const ResiduePlaces& places_;
  std::span<const Sought> sought_;
  const Secret& key_;
  const SearchLimits limits_;
  const std::unique_ptr<FileOps> ops_ = system_file_ops();
  /// How far the search of the present place came.
  struct Seen {
    std::size_t left = 0;      ///< entries that may still be looked at
    bool cut_off = false;      ///< there was more, or deeper, than the limits admit
    std::size_t unopened = 0;  ///< folders
    std::size_t beyond = 0;    ///< files not compared for limits_.hashed
    std::size_t unread = 0;    ///< files not compared for another reason
  };
  Seen seen_;
  std::uint64_t hashed_ = 0;
  std::vector<Trace> traces_;
};

}  // namespace

std::string_view to_string(TraceKind kind) {
  constexpr std::array<std::string_view, 8> kWords{"trash", "autosave", "lock",      "backup",
                                                   "copy",  "recent",   "thumbnail", "temporary"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::vector<Trace> find_residue(const ResiduePlaces& places, std::span<const Sought> sought,
                                const Secret& digest_key, const SearchLimits& limits) {
  return Finder(places, sought, digest_key, limits).find();
}

Result<bool> forget_recent(const fs::path& list, const fs::path& file) {
  const auto ops = system_file_ops();
  const auto folder = ops->open_folder(list.parent_path());
  if (!folder) return std::unexpected(folder.error());
  const auto source = ops->open_file(folder->get(), list.filename());
  if (!source) return std::unexpected(source.error());
  struct stat before{};
  if (::fstat(source->get(), &before) != 0) return fail_errno("stat " + list.native());
  const auto text = read_file(fmt::format("/proc/self/fd/{}", source->get()), kMaxList);
  if (!text) return std::unexpected(text.error());
  const RecentList left = without(*text, file.native());
  if (left.removed == 0) return false;

  const std::string name = ".huxin-" + to_hex(random_bytes(16));
  const auto copy = ops->create(folder->get(), name);
  if (!copy) return std::unexpected(copy.error());
  const auto put = [&]() -> Status {
    if (::write(copy->get(), left.text.data(), left.text.size()) !=
        static_cast<ssize_t>(left.text.size()))
      return fail_errno("write " + list.native());
    const FileVersion version = version_of(before);
    if (const Status owned = ops->restore_owner(copy->get(), before.st_uid, before.st_gid,
                                                before.st_mode & 07777U, version.mtime_ns);
        !owned)
      return owned;
    if (const Status synced = ops->sync(copy->get()); !synced) return synced;
    struct stat now{};
    if (::fstatat(folder->get(), list.filename().c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0 ||
        version_of(now) != version)
      return fail(Errc::kCancelled, "{} changed meanwhile", list.native());
    if (::renameat(folder->get(), name.c_str(), folder->get(), list.filename().c_str()) != 0)
      return fail_errno("replace " + list.native());
    return ops->sync(folder->get());
  };
  if (const Status done = put(); !done) {
    [[maybe_unused]] const Status removed = ops->unlink(folder->get(), name);
    return std::unexpected(done.error());
  }
  return true;
}

}  // namespace huxin::enforce
