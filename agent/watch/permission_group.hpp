#pragma once
#include <sys/fanotify.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// A fanotify group of class CONTENT: the kernel holds each open until it is answered here.
///
/// Thread-safe. Closing the group, on purpose or by the end of the process, lets every open that
/// waits pass, and none waits afterwards: a crash never freezes the machine, and never guards it
/// either. That holds as long as no file bears marks of two permission groups: the kernel releases
/// one after the other, and each waits for the opens that the other is asked about.
class PermissionGroup {
 public:
  /// Its descriptor is put above all others, for the sake of the order in which a dying process
  /// releases them.
  static Result<std::shared_ptr<PermissionGroup>> make();
  explicit PermissionGroup(Fd group) : group_(std::move(group)) {}

  /// For poll; valid until close().
  int fd() const { return group_.get(); }

  struct Asked {
    /// FAN_OPEN_PERM: a question; else FAN_CLOSE_WRITE: a writer closed it, nobody waits.
    std::uint64_t mask = 0;
    std::int32_t pid = 0;
    Fd file;  ///< opened by the kernel, raises no events itself; its number is the question's name
  };
  /// Reads one buffer of questions. An error of the kernel opening one file is returned, and is not
  /// the end: that open was refused by the kernel. Does not block; empty when nothing is queued. At
  /// most 64.
  Result<std::vector<Asked>> read();

  /// Answers the open whose file is `fd`; must come before that descriptor is closed.
  void answer(int fd, bool allow);

  /// kCancelled, here and below: the group is closed.
  Status guard_mount(int point);
  /// Guards every file of the file system, through whatever mount it is opened.
  Status guard_filesystem(int point);
  /// Files directly in it, not those of its subfolders.
  Status guard_folder(int folder);
  /// Has the kernel skip opens of this file until it is written to.
  Status ignore(int file);
  /// Takes ignore() back.
  void heed(int file);
  /// Takes back all marks of files (of folders, too: a group has one or the other).
  void flush_files();
  /// More than once does no harm; answer() and the marks do nothing afterwards.
  void close();

 private:
  Status mark_file(unsigned flags, std::uint64_t mask, int fd);

  mutable std::mutex mutex_;
  Fd group_;
};

}  // namespace huxin::watch
