#include "agent/watch/found_file.hpp"

#include <fcntl.h>

#include "agent/watch/mounts.hpp"
#include "agent/watch/open_regular.hpp"
#include "agent/watch/path_filter.hpp"

namespace huxin::watch {

Result<FileChange> open_found(const std::filesystem::path& path, Accounts& accounts, Time now) {
  const Fd folder(::open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder) return fail_errno("open the folder of a found file");
  Result<OpenedFile> opened = open_regular(folder.get(), path.filename().string());
  if (!opened) return std::unexpected(opened.error());
  rule::Event event;
  event.stage = rule::Stage::kStore;
  event.channel = is_removable(opened->info.st_dev) ? rule::Channel::kRemovable : rule::Channel::kFile;
  event.time = now;
  event.user = accounts.name(opened->info.st_uid);
  event.path = to_utf8(path.string());
  event.operation = "found";
  return FileChange{std::move(event), path, std::move(opened->file), version_of(opened->info)};
}

}  // namespace huxin::watch
