#include "agent/cli/scan_targets.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace huxin::agent::cli {

namespace {

namespace fs = std::filesystem;

class Finder {
 public:
  Finder(std::vector<Target>& targets, std::size_t& links) : targets_(targets), links_(links) {}

  void named(const std::string& argument) {
    if (argument == "-") {
      targets_.push_back({.path = "-", .named = true});
      return;
    }
    std::error_code error;
    const fs::file_status status = fs::status(argument, error);
    if (status.type() == fs::file_type::not_found) {
      targets_.push_back({argument, true, "not_found", error.message()});
    } else if (status.type() == fs::file_type::none) {
      targets_.push_back({argument, true, "unreadable", error.message()});
    } else {
      add(argument, status.type(), true);
    }
  }

 private:
  void add(const fs::path& path, fs::file_type type, bool named) {
    switch (type) {
      case fs::file_type::regular:
        targets_.push_back({.path = path, .named = named});
        break;
      case fs::file_type::directory:
        folder(path);
        break;
      case fs::file_type::symlink:
        ++links_;
        break;
      default:
        targets_.push_back({path, named, "special_file", ""});
        break;
    }
  }

  /// Folders wait on a list of their own, so that depth costs no stack.
  void folder(const fs::path& path) {
    waiting_.push_back(path);
    if (walking_) return;
    walking_ = true;
    while (!waiting_.empty()) {
      const fs::path next = std::move(waiting_.back());
      waiting_.pop_back();
      list(next);
    }
    walking_ = false;
  }

  void list(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
      entries.push_back(*at);
    if (error) targets_.push_back({folder, false, "unreadable", error.message()});
    std::ranges::sort(entries, {}, [](const fs::directory_entry& entry) -> const fs::path& {
      return entry.path();
    });
    const std::size_t first_folder = waiting_.size();
    for (const fs::directory_entry& entry : entries) {
      std::error_code unknown;
      add(entry.path(), entry.symlink_status(unknown).type(), false);
    }
    std::ranges::reverse(waiting_.begin() + static_cast<std::ptrdiff_t>(first_folder),
                         waiting_.end());
  }

  std::vector<Target>& targets_;
  std::size_t& links_;
  std::vector<fs::path> waiting_;
  bool walking_ = false;
};

/// A pipe has no size and cannot be mapped, so it is copied into a memory file.
Result<Fd> spool_standard_input(std::size_t limit) {
  Fd file(::memfd_create("standard-input", MFD_CLOEXEC));
  if (!file) return fail_errno("memfd_create");
  char buffer[std::size_t{64} << 10U];
  for (std::size_t total = 0; total <= limit;) {
    const ssize_t got = ::read(STDIN_FILENO, buffer, std::min(sizeof buffer, limit + 1 - total));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno("standard input");
    if (got == 0) break;
    if (::write(file.get(), buffer, static_cast<std::size_t>(got)) != got)
      return fail_errno("standard input");
    total += static_cast<std::size_t>(got);
  }
  return file;
}

}  // namespace

std::vector<Target> find_targets(const std::vector<std::string>& paths, std::size_t& links) {
  std::vector<Target> targets;
  Finder finder(targets, links);
  for (const std::string& path : paths) finder.named(path);
  return targets;
}

Result<Fd> open_target(const Target& target, std::size_t limit) {
  if (target.path == "-") return spool_standard_input(limit);
  const int follow = target.named ? 0 : O_NOFOLLOW;
  Fd file(::open(target.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | follow));
  if (!file) return fail_errno("open");
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return fail_errno("fstat");
  if (!S_ISREG(info.st_mode)) return fail(Errc::kUnsupported, "no longer a regular file");
  return file;
}

}  // namespace huxin::agent::cli
