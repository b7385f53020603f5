#pragma once
#include <sys/stat.h>

#include <string>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// A regular file opened for reading, and what fstat said of it.
struct OpenedFile {
  Fd file;
  struct stat info{};
};

/// Opens an entry of a folder without following a link and without touching anything that is no
/// regular file (opening a device or a pipe can block or act): kInvalid for those, kNotFound when
/// it is gone. Leaves the access time alone.
Result<OpenedFile> open_regular(int folder, const std::string& name);

}  // namespace huxin::watch
