#include "policy/detect/pattern_set.hpp"

#include <algorithm>
#include <fstream>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "policy/base/file.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/detect/vocabulary.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::detect {
namespace {

namespace fs = std::filesystem;

std::vector<Pattern> two() {
  return {{0, "[^0-9]\\d{3}", false, "a123"}, {1, literal_expression("身份证"), true, "身份证"}};
}

fs::path only_file(const fs::path& folder) { return fs::directory_iterator(folder)->path(); }

TEST_CASE("a pattern set reports where each pattern ends") {
  const auto set = PatternSet::open(two(), {});
  REQUIRE(set);
  CHECK(set->cache() == PatternSet::Cache::kOff);
  auto scratch = set->scratch();
  std::vector<Hit> hits;
  REQUIRE(set->scan("x123 身份证", *scratch, hits));
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].end == 4);
  CHECK(hits[1].pattern == 1);
  CHECK(hits[1].end == 14);
}

TEST_CASE("a pattern that does not compile is named") {
  const auto set = PatternSet::open(std::vector<Pattern>{{0, "(", false, "("}}, {});
  REQUIRE_FALSE(set);
  CHECK(set.error().code == Errc::kInvalid);
  CHECK(set.error().context.contains("("));
}

TEST_CASE("a library that misses a specimen is refused") {
  const auto set = PatternSet::open(std::vector<Pattern>{{0, "abc", false, "abd"}}, {});
  REQUIRE_FALSE(set);
  CHECK(set.error().code == Errc::kInternal);
}

TEST_CASE("a compiled database is stored once, private, and loaded afterwards") {
  const test::TempDir folder;
  CHECK(PatternSet::open(two(), folder.path())->cache() == PatternSet::Cache::kStored);
  CHECK(PatternSet::open(two(), folder.path())->cache() == PatternSet::Cache::kLoaded);
  CHECK((fs::status(only_file(folder.path())).permissions() & fs::perms::mask) ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("other patterns do not share a cached database") {
  const test::TempDir folder;
  CHECK(PatternSet::open(two(), folder.path())->cache() == PatternSet::Cache::kStored);
  auto others = two();
  others[0].caseless = true;
  CHECK(PatternSet::open(others, folder.path())->cache() == PatternSet::Cache::kStored);
}

TEST_CASE("a corrupt cached database is compiled anew and said to be") {
  const test::TempDir folder;
  REQUIRE(PatternSet::open(two(), folder.path()));
  const fs::path file = only_file(folder.path());
  auto content = *read_file(file);
  const auto damage = GENERATE(0, 1, 2, 3);
  CAPTURE(damage);
  if (damage == 0) content[content.size() / 2] ^= 1;
  if (damage == 1) content.resize(content.size() / 2);
  if (damage == 2) content.clear();
  if (damage == 3) content[10] ^= 1;
  REQUIRE(write_file_atomically(file, as_bytes(content)));
  CHECK(PatternSet::open(two(), folder.path())->cache() == PatternSet::Cache::kReplaced);
  CHECK(PatternSet::open(two(), folder.path())->cache() == PatternSet::Cache::kLoaded);
}

TEST_CASE("a cache folder that cannot be written is said to be, and nothing fails") {
  CHECK(PatternSet::open(two(), "/proc/nowhere")->cache() == PatternSet::Cache::kUnwritten);
}

TEST_CASE("every keyword of the catalogue is found where it stands") {
  KindSet kinds;
  for (std::size_t i = 0; i < kKinds; ++i) kinds.add(static_cast<Kind>(i));
  const Vocabulary vocabulary(*catalog::Catalog::builtin(), kinds);
  const auto set = PatternSet::open(vocabulary.words(), {});
  REQUIRE(set);
  REQUIRE(PatternSet::open(vocabulary.anchors(), {}));
  REQUIRE(vocabulary.size() > 500);
  auto scratch = set->scratch();
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    std::vector<Hit> hits;
    const std::string text = "(" + vocabulary[i].text + ")";
    REQUIRE(set->scan(text, *scratch, hits));
    INFO(text);
    CHECK(std::ranges::any_of(
        hits, [&](const Hit& hit) { return hit.pattern == i && hit.end == text.size() - 1; }));
  }
}

}  // namespace
}  // namespace huxin::detect
