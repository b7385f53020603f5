#pragma once
#include <sys/stat.h>

#include "policy/base/file_version.hpp"

namespace huxin::watch {

using huxin::FileVersion;
using huxin::version_of;

}  // namespace huxin::watch
