#pragma once
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "agent/watch/file_version.hpp"
#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// A regular file opened for reading, and what fstat said of it.
struct OpenedFile {
  Fd file;
  /// Of the open file, as is `version`: later changes are not in it.
  struct stat info{};
  FileVersion version;
};

/// Opens an entry of a folder without following a link and without touching anything that is no
/// regular file (opening a device or a pipe can block or act): kInvalid for those, kNotFound when
/// it is gone. Leaves the access time alone.
Result<OpenedFile> open_regular(int folder, const std::string& name);
/// The same by path; links in the folders above the file are followed.
Result<OpenedFile> open_regular(const std::filesystem::path& path);

}  // namespace huxin::watch
