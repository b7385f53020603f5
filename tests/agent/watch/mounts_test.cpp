#include "agent/watch/mounts.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "tests/support/temp_dir.hpp"

namespace huxin::watch {

constexpr std::string_view kTable =
    "22 28 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw\n"
    "28 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
    "90 28 8:17 / /media/my\\040stick rw,nosuid shared:40 - vfat /dev/sdb1 rw\n"
    "91 28 254:0 /srv/data /mnt/data rw - ext4 /dev/vda rw\n"
    "92 28 0:44 / /home/a/remote rw - fuse.sshfs a@b: rw\n"
    "garbage\n"
    "93 28 x:y / /bad rw - ext4 /dev/vda rw\n"
    "94 28 8:18 / /media/my\\040stick rw - fuseblk /dev/sdb2 rw\n";

TEST_CASE("the mount table is read with its escapes, and what is not understood left out") {
  const auto mounts = parse_mounts(kTable);
  REQUIRE(mounts.size() == 6);
  CHECK(mounts[2].point == "/media/my stick");
  CHECK(mounts[2].device == makedev(8, 17));
  CHECK(mounts[3].root == "/srv/data");
  CHECK(mounts[3].type == "ext4");
  CHECK(parse_mounts("").empty());
}

TEST_CASE("a path belongs to the deepest mount, and of two on one point to the later") {
  const auto mounts = parse_mounts(kTable);
  CHECK(mount_of(mounts, "/srv/x")->id == 28);
  CHECK(mount_of(mounts, "/mnt/data/a")->id == 91);
  CHECK(mount_of(mounts, "/mnt/database")->id == 28);
  CHECK(mount_of(mounts, "/media/my stick/a")->id == 94);
}

TEST_CASE("a folder that is no mount point is told with the file system it lies on") {
  const test::TempDir folder;
  const auto mounts = read_mounts();
  REQUIRE(mounts);
  const Mount* const real = mount_of(*mounts, folder.path().native());
  REQUIRE(real != nullptr);
  const auto told = mount_at(folder.path());
  REQUIRE(told);
  CHECK(told->id == real->id);
  CHECK(told->device == real->device);
  CHECK(told->point == folder.path());
  CHECK_FALSE(mount_at(folder / "absent"));
}

TEST_CASE("a process whose root is no mount point still knows what \"/\" lies on") {
  if (::geteuid() != 0) SKIP("chroot needs root");
  const test::TempDir root;
  std::filesystem::create_directory(root / "proc");
  const pid_t child = ::fork();
  if (child == 0) {
    const bool ready = ::unshare(CLONE_NEWNS) == 0 &&
                       ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                       ::mount("proc", (root / "proc").c_str(), "proc", 0, nullptr) == 0 &&
                       ::chroot(root.path().c_str()) == 0 && ::chdir("/") == 0;
    if (!ready) ::_exit(2);
    const auto mounts = read_mounts();
    const Mount* const covers = mounts ? mount_of(*mounts, "/srv/branch") : nullptr;
    ::_exit(covers != nullptr && covers->point == "/" ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 2) SKIP("no mount namespaces here");
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("file systems that hang with a server or a user's process are told apart") {
  const auto mounts = parse_mounts(kTable);
  CHECK(can_stall(mounts[4]));
  CHECK_FALSE(can_stall(mounts[1]));
  CHECK_FALSE(can_stall(mounts[5]));
}

TEST_CASE("a disk is removable when sysfs says so of it or of its disk, or when it hangs on USB") {
  const test::TempDir sys;
  const auto device = [&](std::string_view number, const std::string& node) {
    std::filesystem::create_directories(sys / "dev/block");
    std::filesystem::create_directories(sys / node);
    std::filesystem::create_directory_symlink(sys / node, sys / "dev/block" / std::string(number));
  };
  sys.write("devices/pci/sda/removable", "0\n");
  sys.write("devices/pci/sdb/removable", "1\n");
  sys.write("devices/pci/usb1/sdc/removable", "0\n");
  device("8:1", "devices/pci/sda/sda1");
  device("8:16", "devices/pci/sdb");
  device("8:17", "devices/pci/sdb/sdb1");
  device("8:33", "devices/pci/usb1/sdc/sdc1");
  CHECK_FALSE(is_removable(makedev(8, 1), sys.path()));
  CHECK(is_removable(makedev(8, 16), sys.path()));
  CHECK(is_removable(makedev(8, 17), sys.path()));
  CHECK(is_removable(makedev(8, 33), sys.path()));
  CHECK_FALSE(is_removable(makedev(0, 44), sys.path()));
}

}  // namespace huxin::watch
