#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "policy/base/file.hpp"

namespace huxin::agent::cli {

/// One thing to inspect, or one that could not be reached.
struct Target {
  std::filesystem::path path;  ///< as printed; "-" is standard input
  bool named = false;          ///< given on the command line: a symbolic link is followed
  std::string problem;         ///< not empty: "not_found", "unreadable", "special_file"
  std::string detail;          ///< the operating system's words
};

/// Everything below the paths given, in order of name. Symbolic links found in folders are not
/// followed (each is counted in `links`); devices, sockets and pipes are named as special files;
/// folders that cannot be read are named.
/// A folder's files come before what its folders hold. The paths come from the command line in the
/// order given; the same file may be named twice. `links` is added to.
std::vector<Target> find_targets(const std::vector<std::string>& paths, std::size_t& links);

/// Opens a target for reading without ever waiting for it (a pipe) or following what it must not.
/// Standard input is taken whole, up to `limit` bytes and one more. kUnsupported: it is no regular
/// file any more. Standard input is copied into a memory file, so that it can be mapped.
Result<Fd> open_target(const Target& target, std::size_t limit);

}  // namespace huxin::agent::cli
