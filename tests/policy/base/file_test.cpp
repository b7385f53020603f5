#include "policy/base/file.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>

#include "tests/support/temp_dir.hpp"

namespace huxin {

TEST_CASE("a file written atomically holds the new content, has the mode asked for and leaves no rest") {
  const test::TempDir dir;
  dir.write("a.txt", "old");
  REQUIRE(write_file_atomically(dir / "a.txt", as_bytes("new"), 0600));
  CHECK(read_file(dir / "a.txt").value() == "new");
  struct stat info {};
  REQUIRE(::stat((dir / "a.txt").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0600U);
  CHECK(std::distance(std::filesystem::directory_iterator(dir.path()), {}) == 1);
}

TEST_CASE("reading says which file is missing, too large or not regular") {
  const test::TempDir dir;
  CHECK(read_file(dir / "none").error().code == Errc::kNotFound);
  CHECK(read_file(dir / "none").error().context.contains("none"));
  CHECK(read_file(dir.write("big", "12345"), 4).error().code == Errc::kTooLarge);
  CHECK(read_file(dir.path()).error().code == Errc::kInvalid);
}

}  // namespace huxin
