#pragma once
#include <filesystem>

#include "agent/watch/actor.hpp"
#include "agent/watch/file_watcher.hpp"

namespace huxin::watch {

/// Opens a file that a sweep found and tells of it as FileWatcher would: the user is its owner, there is
/// no process, the operation is "found". kNotFound or kInvalid when it is gone or no regular file now.
Result<FileChange> open_found(const std::filesystem::path& path, Accounts& accounts, Time now);

}  // namespace huxin::watch
