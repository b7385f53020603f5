#include "agent/enforce/sealed_file.hpp"

#include <fcntl.h>

#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::enforce {
namespace {

struct Sealed {
  test::TempDir dir;
  Secret key{Bytes(32, 1)};

  static Fd open(const std::filesystem::path& path, int flags) {
    return Fd(::open(path.c_str(), flags | O_CLOEXEC, 0600));
  }
  std::string seal(const std::string& plain) const {
    const Fd from = open(dir.write("plain", plain), O_RDONLY);
    const Fd to = open(dir / "sealed", O_RDWR | O_CREAT | O_TRUNC);
    const auto digest = seal_file(from.get(), to.get(), key, "name");
    REQUIRE(digest);
    CHECK(*digest == sha256(as_bytes(plain)));
    return read_file(dir / "sealed").value();
  }
  /// What comes out of these bytes; the error's code when they do not open.
  std::expected<std::string, Errc> unseal(const std::string& sealed, const Secret& with,
                                          std::string_view name = "name") const {
    const Fd from = open(dir.write("changed", sealed), O_RDONLY);
    const Fd to = open(dir / "out", O_RDWR | O_CREAT | O_TRUNC);
    const auto digest = unseal_file(from.get(), to.get(), with, name);
    if (!digest) return std::unexpected(digest.error().code);
    return read_file(dir / "out").value();
  }
};

std::string plain_of(std::size_t size) {
  std::string plain;
  while (plain.size() < size) plain += "身份证 11010519491231002X ";
  plain.resize(size);
  return plain;
}

constexpr std::size_t kWhole = kSealedChunk + kSealTag;

}  // namespace

TEST_CASE("a file of any size comes back, and its sealed form holds none of it") {
  const Sealed f;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kSealedChunk - 1, kSealedChunk,
                                 kSealedChunk + 1, 3 * kSealedChunk + 7}) {
    INFO(size << " bytes");
    const std::string plain = plain_of(size);
    const std::string sealed = f.seal(plain);
    CHECK_FALSE(sealed.contains("11010519491231002X"));
    CHECK(f.unseal(sealed, f.key) == plain);
  }
}

TEST_CASE("whatever is changed, cut, swapped or added is kCorrupt") {
  const Sealed f;
  const std::string sealed = f.seal(plain_of(2 * kSealedChunk + 100));
  const std::string header = sealed.substr(0, kSealHeader);
  const std::string first = sealed.substr(kSealHeader, kWhole);
  const std::string second = sealed.substr(kSealHeader + kWhole, kWhole);
  const std::string last = sealed.substr(kSealHeader + 2 * kWhole);
  const std::string other = f.seal(plain_of(2 * kSealedChunk + 100));
  struct Row {
    std::string bytes;
    const char* reason;
  };
  const Row rows[] = {
      {"", "nothing"},
      {header, "no chunk"},
      {header + first, "cut at the end of a chunk"},
      {header + first + second, "the last chunk is missing"},
      {sealed.substr(0, sealed.size() - 1), "cut within the last tag"},
      {sealed.substr(0, kSealHeader + 10), "less than a tag"},
      {header + second + first + last, "chunks swapped"},
      {header + second + last, "a chunk left out"},
      {header + first + first + last, "a chunk twice"},
      {sealed + "x", "something added"},
      {sealed + last, "the last chunk twice"},
      {other.substr(0, kSealHeader) + first + second + last, "another file's header"},
      {header + first + other.substr(kSealHeader + kWhole, kWhole) + last, "another file's chunk"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    CHECK(f.unseal(row.bytes, f.key) == std::unexpected(Errc::kCorrupt));
  }
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{9}, kSealHeader + 5, sealed.size() - 1}) {
    INFO("a bit flipped at " << at);
    std::string flipped = sealed;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    CHECK(f.unseal(flipped, f.key) == std::unexpected(Errc::kCorrupt));
  }
}

TEST_CASE("another key or another name does not open it, and no two sealings are alike") {
  const Sealed f;
  const std::string sealed = f.seal("13800138000");
  CHECK(f.unseal(sealed, Secret(Bytes(32, 2))) == std::unexpected(Errc::kCorrupt));
  CHECK(f.unseal(sealed, f.key, "another") == std::unexpected(Errc::kCorrupt));
  CHECK(f.seal("13800138000") != sealed);
}

}  // namespace huxin::enforce
