#include "agent/guard/sliding_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <random>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "tests/support/temp_dir.hpp"

namespace huxin::guard {
namespace {

constexpr std::size_t kStretch = std::size_t{128} << 10U;

std::string noise(std::size_t size) {
  std::mt19937 random(20'261'129);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

Fd open_file(const std::filesystem::path& path, int how = O_RDONLY) {
  return Fd(::open(path.c_str(), how | O_CLOEXEC));
}

}  // namespace

TEST_CASE("a file seen in stretches is the file, wherever it is asked for") {
  const test::TempDir dir;
  const std::string content = noise(1'000'003);
  const Fd file = open_file(dir.write("file", content));
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    auto source = SlidingFile::open(file, 0, kStretch);
    REQUIRE(source.has_value());
    CHECK(source->size() == content.size());
    for (std::size_t begin = 0; begin < content.size() + 10; begin += random() % 200'000) {
      const std::size_t least = random() % 300'000;
      const std::string_view seen = as_text(source->from(begin, least));
      const std::string_view rest =
          std::string_view(content).substr(std::min(begin, content.size()));
      REQUIRE(rest.starts_with(seen));
      REQUIRE((seen.size() > least || seen.size() == rest.size()));
    }
    CHECK_FALSE(source->changed());
    CHECK_FALSE(source->failed());
  }
}

TEST_CASE("a file is had as a whole up to a limit, after its beginning was looked at") {
  const test::TempDir dir;
  const std::string content = noise(500'000);
  const Fd file = open_file(dir.write("file", content));
  auto source = SlidingFile::open(file, 0, kStretch);
  REQUIRE(source.has_value());
  CHECK(as_text(source->from(0, 100)).starts_with(content.substr(0, 100)));
  const auto all = source->whole(content.size());
  CHECK(as_text(all.bytes) == content);
  CHECK_FALSE(all.cut);
  const auto some = source->whole(300'001);
  CHECK(as_text(some.bytes) == content.substr(0, 300'001));
  CHECK(some.cut);
}

TEST_CASE("an empty file is empty") {
  const test::TempDir dir;
  const Fd file = open_file(dir.write("file", ""));
  auto source = SlidingFile::open(file, 0);
  REQUIRE(source.has_value());
  CHECK(source->from(0, 10).empty());
  CHECK(source->whole(10).bytes.empty());
}

TEST_CASE("a file that shrinks reads as zeros there, and says so, also in stretches to come") {
  const test::TempDir dir;
  const auto path = dir.write("file", std::string(1'000'000, 'a'));
  const Fd file = open_file(path, O_RDWR);
  auto source = SlidingFile::open(file, 0, kStretch);
  REQUIRE(source.has_value());
  CHECK(source->from(0, 10).front() == 'a');
  REQUIRE(::ftruncate(file.get(), 500'000) == 0);
  CHECK(source->from(400'000, 10).front() == 'a');
  CHECK_FALSE(source->changed());
  CHECK(source->from(800'000, 10).front() == '\0');
  CHECK(source->changed());
  static_cast<void>(source->from(990'000, 10));
  CHECK(source->changed());
}

TEST_CASE("a pipe is read into memory up to a limit") {
  for (const std::size_t limit : {std::size_t{300'000}, std::size_t{1000}}) {
    int ends[2] = {-1, -1};
    REQUIRE(::pipe(ends) == 0);
    const Fd read(ends[0]);
    const std::string content = noise(200'000);
    std::jthread writer([&, write = Fd(ends[1])] {
      for (std::size_t done = 0; done < content.size();) {
        const auto wrote = ::write(write.get(), content.data() + done,
                                   std::min<std::size_t>(4096, content.size() - done));
        if (wrote <= 0) return;
        done += static_cast<std::size_t>(wrote);
      }
    });
    auto source = SlidingFile::open(read, limit);
    if (limit < content.size()) {
      CHECK(source.error().code == Errc::kTooLarge);
      std::string rest(content.size(), '\0');  // lets the writer end
      while (::read(read.get(), rest.data(), rest.size()) > 0) {
      }
    } else {
      REQUIRE(source.has_value());
      CHECK(as_text(source->from(150'000, 10)) == content.substr(150'000));
      CHECK(as_text(source->whole(1000).bytes) == content.substr(0, 1000));
    }
  }
}

}  // namespace huxin::guard
