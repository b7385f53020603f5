#include "certs/key_store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/digest.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::certs {
namespace {

unsigned mode_of(const std::filesystem::path& path) {
  struct stat info{};
  return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 07777U : 0U;
}

bool same(const Secret& a, const Secret& b) { return equal_in_constant_time(a.view(), b.view()); }

/// What every store promises, whatever it keeps its secrets in.
void check_contract(KeyStore& store) {
  CHECK(store.load("absent").error().code == Errc::kNotFound);
  CHECK(store.remove("absent"));
  const Secret first(Bytes{1, 2, 3});
  REQUIRE(store.save("a.key", first));
  CHECK(same(store.load("a.key").value(), first));
  const Secret second(Bytes{4, 5});
  REQUIRE(store.save("a.key", second));
  CHECK(same(store.load("a.key").value(), second));
  const Result<Secret> made = store.load_or_create("b", 32);
  REQUIRE(made);
  CHECK(made->size() == 32);
  CHECK(same(store.load_or_create("b", 32).value(), *made));
  CHECK(store.load_or_create("b", 16).error().code == Errc::kCorrupt);
  CHECK(store.save("big", Secret(kLargestSecret + 1)).error().code == Errc::kTooLarge);
  for (const char* name : {"a.key", "b"}) CHECK(store.remove(name));
  CHECK(store.load("b").error().code == Errc::kNotFound);
}

}  // namespace

TEST_CASE("a file key store keeps, replaces and forgets") {
  const test::TempDir folder;
  check_contract(**open_file_key_store(folder / "keys"));
}

TEST_CASE("a kernel keyring key store keeps, replaces and forgets") {
  const auto store = open_keyring_key_store(fmt::format("huxin-test-{}", ::getpid()));
  if (!store) SKIP("no kernel keyring here: " << store.error().context);
  check_contract(**store);
}

TEST_CASE("key files and their folder are closed to others") {
  const test::TempDir folder;
  const auto store = open_file_key_store(folder / "keys");
  REQUIRE(store);
  REQUIRE((*store)->save("a", Secret(Bytes{1})));
  CHECK(mode_of(folder / "keys") == 0700U);
  CHECK(mode_of(folder / "keys/a") == 0600U);
}

TEST_CASE("a key that others could have read is refused") {
  const test::TempDir folder;
  auto store = open_file_key_store(folder / "keys");
  REQUIRE((*store)->save("a", Secret(Bytes{1})));
  for (const unsigned mode : {0640U, 0604U, 0620U, 0601U}) {
    INFO(mode);
    REQUIRE(::chmod((folder / "keys/a").c_str(), mode) == 0);
    CHECK((*store)->load("a").error().code == Errc::kDenied);
  }
  REQUIRE(::chmod((folder / "keys").c_str(), 0750) == 0);
  CHECK(open_file_key_store(folder / "keys").error().code == Errc::kDenied);
}

TEST_CASE("a link in place of a key is not followed") {
  const test::TempDir folder;
  auto store = open_file_key_store(folder / "keys");
  REQUIRE((*store)->save("a", Secret(Bytes{1})));
  std::filesystem::create_symlink(folder / "keys/a", folder / "keys/b");
  CHECK_FALSE((*store)->load("b"));
  std::filesystem::create_directory(folder / "keys/c");
  CHECK((*store)->load("c").error().code == Errc::kDenied);
}

TEST_CASE("a key store refuses names that could leave it") {
  struct Row {
    std::string name;
    const char* why;
  };
  const std::array<Row, 7> rows{{{"", "empty"},
                                 {"..", "the parent"},
                                 {"../x", "a path"},
                                 {"/etc/passwd", "an absolute path"},
                                 {".hidden", "a temporary file's name"},
                                 {"Upper", "outside the alphabet"},
                                 {std::string(65, 'a'), "too long"}}};
  const test::TempDir folder;
  auto store = open_file_key_store(folder / "keys");
  for (const Row& row : rows) {
    INFO(row.why);
    CHECK((*store)->load(row.name).error().code == Errc::kInvalid);
    CHECK((*store)->save(row.name, Secret(Bytes{1})).error().code == Errc::kInvalid);
    CHECK((*store)->remove(row.name).error().code == Errc::kInvalid);
  }
}

}  // namespace huxin::certs
