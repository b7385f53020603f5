#include "agent/enforce/destroyer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "tests/agent/enforce/crashing_ops.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::enforce {
namespace {

namespace fs = std::filesystem;
using order::Method;

constexpr std::string_view kContent = "张三,13800138000";
constexpr std::string_view kOrder = "00112233445566778899aabbccddeeff";

FileVersion version_at(const fs::path& path) {
  struct stat info{};
  if (::lstat(path.c_str(), &info) != 0) FAIL("no " << path);
  return version_of(info);
}

Secret test_key() { return Secret(Bytes(32, 9)); }

std::unique_ptr<Destroyer> open_destroyer(const fs::path& folder,
                                          std::unique_ptr<FileOps> ops = system_file_ops()) {
  auto opened = Destroyer::open(folder, test_key(), std::move(ops));
  if (!opened) FAIL(opened.error().context);
  return std::move(*opened);
}

struct Place {
  test::TempDir dir;
  fs::path folder = dir / "destroy";
  fs::path file = dir.write("desk/客户.csv", kContent);

  std::size_t entries() const {
    const fs::directory_iterator all(file.parent_path());
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
};

/// Opens again and checks: whole at its place and not recorded as gone, or gone and recorded; no
/// litter either way.
bool check_legal(const Place& place) {
  const auto destroyer = open_destroyer(place.folder);
  CHECK(destroyer->unfinished() == 0);
  const auto gone = destroyer->of_order(kOrder);
  const bool here = fs::exists(place.file);
  CHECK(gone.size() + (here ? 1U : 0U) == 1);
  CHECK(place.entries() == (here ? 1U : 0U));
  if (here) CHECK(read_file(place.file).value() == kContent);
  if (!gone.empty()) {
    CHECK(gone[0].path == place.file);
    CHECK(gone[0].version.size == kContent.size());
    CHECK(gone[0].digest == content_digest(test_key(), sha256(as_bytes(kContent))));
  }
  return here;
}

/// What is done to a file by one run of the product.
void run(const Place& place, const FileVersion& version, Method method,
         std::unique_ptr<FileOps> ops) {
  auto destroyer = Destroyer::open(place.folder, test_key(), std::move(ops));
  if (destroyer) [[maybe_unused]]
    const auto gone = (*destroyer)->destroy(place.file, version, method, kOrder);
}

}  // namespace

TEST_CASE("a destroyed file is gone, and what is said of it survives a restart until it is told") {
  for (const Method method : {Method::kOverwrite, Method::kUnlink}) {
    const Place place;
    auto destroyer = open_destroyer(place.folder);
    const auto gone = destroyer->destroy(place.file, version_at(place.file), method, kOrder);
    REQUIRE(gone);
    CHECK(gone->method == method);
    CHECK(gone->step == DestructionStep::kGone);
    CHECK(place.entries() == 0);
    destroyer.reset();
    destroyer = open_destroyer(place.folder);
    REQUIRE(destroyer->of_order(kOrder).size() == 1);
    CHECK(destroyer->of_order(kOrder)[0].method == method);
    CHECK(destroyer->of_order("00").empty());
    REQUIRE(destroyer->told(kOrder));
    CHECK(destroyer->of_order(kOrder).empty());
    destroyer.reset();
    CHECK(open_destroyer(place.folder)->of_order(kOrder).empty());
    const std::string log = read_file(place.folder / "log").value();
    CHECK_FALSE(log.contains(to_hex(as_bytes("客户"))));  // nothing is kept once told
  }
}

TEST_CASE("overwriting reaches what open descriptors hold; unlinking alone does not") {
  for (const Method method : {Method::kOverwrite, Method::kUnlink}) {
    const Place place;
    const Fd held(::open(place.file.c_str(), O_RDONLY | O_CLOEXEC));
    REQUIRE(
        open_destroyer(place.folder)->destroy(place.file, version_at(place.file), method, kOrder));
    std::string left(kContent.size(), '\0');
    REQUIRE(::pread(held.get(), left.data(), left.size(), 0) ==
            static_cast<ssize_t>(kContent.size()));
    CHECK((left == kContent) == (method == Method::kUnlink));
  }
}

TEST_CASE("a large file with holes is overwritten where it holds data, and nowhere else") {
  const Place place;
  constexpr off_t kFar = off_t{8} << 30U;
  {
    const Fd file(::open(place.file.c_str(), O_WRONLY | O_CLOEXEC));
    REQUIRE(::pwrite(file.get(), "secret", 6, kFar) == 6);
  }
  const Fd held(::open(place.file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat before{};
  REQUIRE(::fstat(held.get(), &before) == 0);
  const auto ops = system_file_ops();
  const Fd file(::open(place.file.c_str(), O_RDWR | O_CLOEXEC));
  REQUIRE(ops->overwrite(file.get()));
  struct stat after{};
  REQUIRE(::fstat(held.get(), &after) == 0);
  CHECK(after.st_blocks <= before.st_blocks + 16);
  CHECK(after.st_size == before.st_size);
  std::string left(6, '\0');
  REQUIRE(::pread(held.get(), left.data(), 6, kFar) == 6);
  CHECK(left != "secret");
  REQUIRE(::pread(held.get(), left.data(), 6, 0) == 6);
  CHECK(left != kContent.substr(0, 6));
}

TEST_CASE(
    "only the version inspected is destroyed; links, folders and other names are left alone") {
  const Place place;
  const auto destroyer = open_destroyer(place.folder);
  const FileVersion version = version_at(place.file);
  const auto refused = [&](const fs::path& path, const FileVersion& inspected) {
    const auto gone = destroyer->destroy(path, inspected, Method::kOverwrite, kOrder);
    return gone ? Errc::kInternal : gone.error().code;
  };

  fs::create_symlink(place.file, place.dir / "desk/link");
  CHECK(refused(place.dir / "desk/link", version) == Errc::kInvalid);
  fs::create_directory_symlink(place.dir / "desk", place.dir / "way");
  CHECK(refused(place.dir / "way/客户.csv", version) == Errc::kDenied);
  CHECK(refused(place.dir / "desk", version) == Errc::kInvalid);
  CHECK(refused(place.dir / "desk/none", version) == Errc::kNotFound);
  CHECK(refused(place.dir / "none/none", version) == Errc::kNotFound);
  REQUIRE(::mkfifo((place.dir / "desk/pipe").c_str(), 0600) == 0);
  CHECK(refused(place.dir / "desk/pipe", version) == Errc::kInvalid);

  fs::create_hard_link(place.file, place.dir / "desk/other");
  CHECK(refused(place.file, version_at(place.file)) == Errc::kDenied);
  fs::remove(place.dir / "desk/other");

  place.dir.write("desk/客户.csv", "something newer");
  CHECK(refused(place.file, version) == Errc::kCancelled);
  CHECK(read_file(place.file).value() == "something newer");
  CHECK(destroyer->of_order(kOrder).empty());
  CHECK(destroyer->unfinished() == 0);
}

TEST_CASE("a file that changes between the check and being set aside is put back") {
  /// Writes to the file right before it is renamed.
  class Meddling final : public WatchedOps {
   public:
    explicit Meddling(fs::path file) : file_(std::move(file)) {}

   private:
    Status before(const std::string& name) override {
      if (name == "rename" && !done_) {
        done_ = true;
        std::ofstream(file_, std::ios::app) << "newer";
      }
      return {};
    }
    fs::path file_;
    bool done_ = false;
  };
  const Place place;
  const auto destroyer = open_destroyer(place.folder, std::make_unique<Meddling>(place.file));
  const auto gone =
      destroyer->destroy(place.file, version_at(place.file), Method::kOverwrite, kOrder);
  REQUIRE_FALSE(gone);
  CHECK(gone.error().code == Errc::kCancelled);
  CHECK(read_file(place.file).value() == std::string(kContent) + "newer");
  CHECK(place.entries() == 1);
  CHECK(destroyer->of_order(kOrder).empty());
}

TEST_CASE("a user who gives the file another name while it is destroyed saves nothing") {
  /// Waits for the name of ours, as somebody who watches the folder does, and takes the file away.
  class Snatching final : public WatchedOps {
   public:
    Snatching(fs::path folder, std::string step)
        : folder_(std::move(folder)), at_(std::move(step)) {}

   private:
    void after(const std::string& name) override {
      if (name != at_ || done_) return;
      done_ = true;
      for (const auto& entry : fs::directory_iterator(folder_)) {
        if (entry.path().filename().native().starts_with(".huxin-"))
          fs::rename(entry.path(), folder_ / "saved");
      }
    }
    fs::path folder_;
    std::string at_;
    bool done_ = false;
  };
  for (const Method method : {Method::kOverwrite, Method::kUnlink}) {
    for (const char* const step : {"rename", "sync", "append destroying"}) {
      INFO(order::to_string(method) << ", right after " << step);
      const Place place;
      const fs::path saved = place.file.parent_path() / "saved";
      const auto destroyer =
          open_destroyer(place.folder, std::make_unique<Snatching>(saved.parent_path(), step));
      const auto gone = destroyer->destroy(place.file, version_at(place.file), method, kOrder);
      REQUIRE(fs::exists(saved));
      const bool whole = read_file(saved).value() == kContent;
      CHECK(whole == !gone);  // never both: whole there, and said to be destroyed
      if (gone) CHECK(gone->note.contains("another name"));
      if (!gone)
        CHECK(gone.error().code == Errc::kCancelled);  // not "absent", which counts as gone
      CHECK(destroyer->of_order(kOrder).size() == (gone ? 1U : 0U));
    }
  }
}

TEST_CASE("a device that has another number after a restart does not save what is on it") {
  const Place place;
  FileVersion version = version_at(place.file);
  REQUIRE(dies([&] {
    run(place, version, Method::kOverwrite, std::make_unique<CrashingOps>(8, Moment::kAfter));
  }));
  auto left = parse_destruction_log(read_file(place.folder / "log").value()).value();
  REQUIRE(left.size() == 1);
  REQUIRE(left[0].step == DestructionStep::kDestroying);
  left[0].version.device += 1;
  place.dir.write("destroy/log", format_step(left[0]));
  const auto destroyer = open_destroyer(place.folder);
  REQUIRE(destroyer->of_order(kOrder).size() == 1);
  CHECK(place.entries() == 0);
}

TEST_CASE("what is no more there after a crash is not said to be overwritten") {
  const Place place;
  REQUIRE(dies([&] {
    run(place, version_at(place.file), Method::kOverwrite,
        std::make_unique<CrashingOps>(8, Moment::kAfter));
  }));
  for (const auto& entry : fs::directory_iterator(place.file.parent_path()))
    fs::rename(entry.path(), place.dir / "saved");
  const auto destroyer = open_destroyer(place.folder);
  REQUIRE(destroyer->of_order(kOrder).size() == 1);
  CHECK(destroyer->of_order(kOrder)[0].note.contains("after a restart"));
}

TEST_CASE("killed at any step, before, within or after it, a file is whole or gone and recorded") {
  for (const Method method : {Method::kOverwrite, Method::kUnlink}) {
    int steps = 0;
    int whole = 0;
    int gone = 0;
    for (const Moment moment : {Moment::kBefore, Moment::kHalfway, Moment::kAfter}) {
      for (int n = 1;; ++n) {
        INFO("step " << n << ", moment " << static_cast<int>(moment));
        const Place place;
        const FileVersion version = version_at(place.file);
        const bool died =
            dies([&] { run(place, version, method, std::make_unique<CrashingOps>(n, moment)); });
        ++(check_legal(place) ? whole : gone);
        if (!died) break;
        ++steps;
      }
    }
    CHECK(steps >= 3 * 10);
    CHECK(whole >= 3 * 6);
    CHECK(gone >= 3 * 4);
  }
}

TEST_CASE("killed again while recovering a destruction, the next recovery still gets there") {
  for (int n = 1;; ++n) {
    bool died = false;
    for (int m = 1;; ++m) {
      INFO("killed at step " << n << ", then at step " << m << " of recovery");
      const Place place;
      const FileVersion version = version_at(place.file);
      died = dies([&] {
        run(place, version, Method::kOverwrite, std::make_unique<CrashingOps>(n, Moment::kAfter));
      });
      const bool died_again = dies([&] {
        [[maybe_unused]] const auto opened = Destroyer::open(
            place.folder, test_key(), std::make_unique<CrashingOps>(m, Moment::kHalfway));
      });
      check_legal(place);
      if (!died_again) break;
    }
    if (!died) break;
  }
}

TEST_CASE("whatever step fails, the error is told and the file is whole or gone and recorded") {
  for (int n = 1; n <= 16; ++n) {
    INFO("step " << n << " fails");
    const Place place;
    const FileVersion version = version_at(place.file);
    auto destroyer =
        Destroyer::open(place.folder, test_key(), std::make_unique<FailingOps>(n, Errc::kNoSpace));
    bool gone = false;
    if (destroyer) {
      const auto done = (*destroyer)->destroy(place.file, version, Method::kOverwrite, kOrder);
      gone = done.has_value();
      if (done && done->method == Method::kUnlink) CHECK(done->note.contains("overwriting failed"));
      destroyer->reset();
    }
    const bool here = check_legal(place);
    if (gone) CHECK_FALSE(here);
  }
}

TEST_CASE(
    "nothing is overwritten before the log says that the file goes, nor its name before that") {
  const Place place;
  std::vector<std::string> steps;
  const auto destroyer = open_destroyer(place.folder, std::make_unique<RecordingOps>(steps));
  REQUIRE(destroyer->destroy(place.file, version_at(place.file), Method::kOverwrite, kOrder));
  CHECK(steps == std::vector<std::string>{"open_folder", "open_writable", "digest", "append intent",
                                          "rename", "open_file", "sync", "append destroying",
                                          "overwrite", "sync", "open_file", "unlink", "sync",
                                          "append gone"});
}

TEST_CASE("a newer file that took the place during a crash stays") {
  // The steps before "destroying" is logged: the old file comes back beside the new one.
  for (const int step : {5, 8}) {
    const Place place;
    const FileVersion version = version_at(place.file);
    REQUIRE(dies([&] {
      run(place, version, Method::kOverwrite, std::make_unique<CrashingOps>(step, Moment::kAfter));
    }));
    place.dir.write("desk/客户.csv", "newer");
    const auto destroyer = open_destroyer(place.folder);
    CHECK(read_file(place.file).value() == "newer");
    CHECK(place.entries() == (step == 5 ? 2U : 1U));
    CHECK(destroyer->of_order(kOrder).size() == (step == 5 ? 0U : 1U));
  }
}

TEST_CASE("a file set aside in a folder that is away waits for it") {
  const Place place;
  const FileVersion version = version_at(place.file);
  REQUIRE(dies([&] {
    run(place, version, Method::kOverwrite, std::make_unique<CrashingOps>(8, Moment::kAfter));
  }));
  fs::rename(place.dir / "desk", place.dir / "away");
  {
    const auto destroyer = open_destroyer(place.folder);
    CHECK(destroyer->unfinished() == 1);
    CHECK(destroyer->of_order(kOrder).empty());
  }
  fs::rename(place.dir / "away", place.dir / "desk");
  CHECK_FALSE(check_legal(place));
}

TEST_CASE("a destruction log has one owner, and a damaged one is told, not repaired") {
  const Place place;
  auto destroyer = open_destroyer(place.folder);
  CHECK(Destroyer::open(place.folder, test_key()).error().code == Errc::kUnavailable);
  REQUIRE(destroyer->destroy(place.file, version_at(place.file), Method::kUnlink, kOrder));
  destroyer.reset();
  std::string log = read_file(place.folder / "log").value();
  const std::string second = log;
  log[5] = log[5] == 'x' ? 'y' : 'x';
  std::ofstream(place.folder / "log", std::ios::binary) << log << second;
  const auto opened = Destroyer::open(place.folder, test_key());
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Errc::kCorrupt);
  CHECK(opened.error().context.contains("line 1"));
}

TEST_CASE("a line of the destruction log is read back as written, and a cut one left out") {
  Destruction file{.id = "00112233445566778899aabbccddeeff",
                   .order = "0011",
                   .path = "/srv/a b\n客户",
                   .version = {.device = 1, .inode = 2, .mtime_ns = -3, .ctime_ns = 4, .size = 5},
                   .method = Method::kUnlink,
                   .digest = std::string(64, 'a')};
  const std::string intent = format_step(file);
  file.step = DestructionStep::kGone;
  file.note = "a note; with words";
  file.told = true;
  const std::string gone = format_step(file);
  const auto all = parse_destruction_log(intent + gone);
  REQUIRE(all);
  REQUIRE(all->size() == 1);
  CHECK((*all)[0].step == DestructionStep::kGone);
  CHECK((*all)[0].path == file.path);
  CHECK((*all)[0].version == file.version);
  CHECK((*all)[0].method == Method::kUnlink);
  CHECK((*all)[0].note == file.note);
  CHECK((*all)[0].told);
  for (std::size_t cut = 0; cut < gone.size(); ++cut)
    CHECK(parse_destruction_log(intent + gone.substr(0, cut)).value()[0].step ==
          DestructionStep::kIntent);
}

}  // namespace huxin::enforce
