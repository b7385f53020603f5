#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "agent/watch/file_version.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/rule/event.hpp"

namespace huxin::watch {

/// How a sweep went; what is not visited is counted, never silent.
struct SweepCount {
  std::uint64_t files = 0;
  std::uint64_t folders = 0;
  /// Files and whole folders.
  std::uint64_t excluded = 0;
  std::uint64_t unreadable = 0;  ///< folders that could not be read
  std::uint64_t too_deep = 0;    ///< folders below 128 levels
  bool stopped = false;          ///< the callback said so
};

/// What a sweep calls.
struct SweepHandlers {
  /// A file and its version; false stops the sweep.
  std::function<bool(const std::filesystem::path&, const FileVersion&)> found;
  /// A folder that was not visited, and why: "unreadable", "too_deep".
  std::function<void(const std::filesystem::path&, std::string_view reason)> lost;
};

/// Walks folders in an order that is the same each time (folders as given, entries by the bytes of
/// their names) and tells every regular file and its version, so that the caller can compare with
/// what it inspected before. Opens no file, follows no link, and crosses into what is mounted
/// below. The callback opens what it wants by open_regular() and returns false to stop. With
/// `after` it goes on behind that file, which an earlier sweep told last; one below none of the
/// folders starts from the beginning.
SweepCount sweep(const std::vector<std::filesystem::path>& directories,
                 const std::vector<std::string>& exclude, const SweepHandlers& handlers,
                 const std::filesystem::path& after = {});
/// The same from the beginning, for who does not ask what was lost.
SweepCount sweep(
    const std::vector<std::filesystem::path>& directories, const std::vector<std::string>& exclude,
    const std::function<bool(const std::filesystem::path&, const FileVersion&)>& found);

/// The event that stands for a file found by a sweep: stored at a time and by a process nobody saw;
/// the user is its owner, the operation "sweep". The process is always empty, the user when the
/// file is gone. May ask the name service.
rule::Event swept_event(const std::filesystem::path& path, Time now);

}  // namespace huxin::watch
