#include "agent/discover/run.hpp"

#include <sys/stat.h>

#include <set>

#include <catch2/catch_test_macros.hpp>

#include "agent/watch/sweep.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::discover {
namespace {

using test::must;
constexpr Time kNow{std::chrono::milliseconds(1'900'000'000'000)};

struct Fixture {
  test::TempDir dir;
  test::FakeClock clock{kNow};
  std::unique_ptr<Inventory> inventory =
      must(Inventory::open(dir / "inventory.db", Secret(Bytes(32, 3)), kNow));
  std::filesystem::path tree = dir / "tree";
  std::vector<std::string> looked;  ///< names, in order
  std::size_t end_after = SIZE_MAX;
  Progress progress;

  Fixture() {
    for (const char* const name : {"b/2", "b/1", "a", "b.txt", "b/c/deep", "c"})
      dir.write(std::string("tree/") + name, name);
  }

  bool go(const Run& run, std::vector<std::string> exclude = {}) {
    const RunSettings settings{.exclude = std::move(exclude),
                               .policy_digest = [] { return std::string("policy"); }};
    const RunHooks hooks{
        .look =
            [&](const std::filesystem::path& path, const FileVersion& version) {
              looked.push_back(path.lexically_relative(tree).native());
              must(inventory->note(path, version, "policy", {}, {}, clock.now(), run.number));
              return true;
            },
        .wait = [] { return true; },
        .stopped = [&] { return looked.size() >= end_after; },
        .met = [](const auto&) {}};
    return must(walk(*inventory, run, settings, hooks, clock, progress));
  }
  Run begin() { return must(inventory->begin({tree}, "hand", clock.now())); }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a run reads everything once, in the same order each time, and the next one nothing") {
  Fixture f;
  const Run first = f.begin();
  CHECK(f.go(first));
  CHECK(f.looked == Names{"a", "b/1", "b/2", "b/c/deep", "b.txt", "c"});
  const record::Inventory sum = must(f.inventory->finish(first, true, f.clock.now())).run;
  CHECK(sum.files() == 6);
  CHECK(sum.unchanged() == 0);
  f.looked.clear();
  const Run second = f.begin();
  CHECK(f.go(second));
  CHECK(f.looked.empty());
  CHECK(must(f.inventory->finish(second, true, f.clock.now())).run.unchanged() == 6);
}

TEST_CASE("a run goes on behind its cursor wherever it was cut off, and meets the rest once") {
  const Names all{"a", "b/1", "b/2", "b/c/deep", "b.txt", "c"};
  for (std::size_t at = 1; at < all.size(); ++at) {
    INFO(all[at - 1]);
    Fixture f;
    f.end_after = at;
    const Run run = f.begin();
    CHECK_FALSE(f.go(run));
    CHECK(f.looked == Names(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at)));
    const auto again = must(f.inventory->unfinished());
    REQUIRE(again);
    CHECK(again->cursor == f.tree / all[at - 1]);
    f.end_after = SIZE_MAX;
    f.progress.files = 0;
    CHECK(f.go(*again));
    CHECK(f.looked == all);
    CHECK(f.progress.files == all.size() - at);
    CHECK(must(f.inventory->finish(*again, true, f.clock.now())).run.files() == all.size());
  }
}

TEST_CASE("a cursor that has become a folder, or vanished, costs no file behind it") {
  Fixture f;
  std::vector<std::string> told;
  const auto from = [&](const std::filesystem::path& after) {
    told.clear();
    watch::sweep({f.tree}, {},
                 {.found =
                      [&](const auto& path, const FileVersion&) {
                        told.push_back(path.lexically_relative(f.tree).native());
                        return true;
                      },
                  .lost = {}},
                 after);
    return told;
  };
  CHECK(from(f.tree / "b") == Names{"b/1", "b/2", "b/c/deep", "b.txt", "c"});
  CHECK(from(f.tree / "b/11") == Names{"b/2", "b/c/deep", "b.txt", "c"});
  CHECK(from(f.tree / "b/c/zzz/more") == Names{"b.txt", "c"});
  CHECK(from("/elsewhere/x").size() == 6);
}

TEST_CASE("folders of a run are resolved, and none lies in another") {
  const test::TempDir dir;
  std::filesystem::create_directories(dir / "a/b");
  std::filesystem::create_directories(dir / "ab");
  std::filesystem::create_symlink(dir / "a", dir / "link");
  const auto folders =
      run_folders({dir / "link", dir / "ab/", dir / "a/b", dir / "a", dir / "./ab/../ab"});
  CHECK(folders == std::vector{dir / "a", dir / "ab"});
}

TEST_CASE("what is left out is not met, and a folder that is too deep is counted") {
  Fixture f;
  std::string deep = "tree/deep";
  for (int i = 0; i < 130; ++i) deep += "/d";
  f.dir.write(deep + "/file", "x");
  const Run run = f.begin();
  CHECK(f.go(run, {"*/b/*"}));
  CHECK(f.looked == Names{"a", "b.txt", "c"});
  const record::Inventory sum = must(f.inventory->finish(run, true, f.clock.now())).run;
  CHECK(sum.files() == 3);
  CHECK(sum.not_inspected().at("too_deep") == 1);
}

}  // namespace huxin::discover
