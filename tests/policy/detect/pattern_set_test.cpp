#include "policy/detect/pattern_set.hpp"

#include <fstream>
#include <random>
#include <set>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "policy/base/file.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/detect/ascii.hpp"
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

// The anchors once more, without a library.
class NaiveAnchors {
 public:
  explicit NaiveAnchors(std::string_view text) : text_(text) {}

  std::set<std::size_t> digits() const {
    return ends([this](std::size_t end) {
      if (end < 6 || !all(end - 4, end, true)) return false;
      const bool grouped = digit(end - 6) && separator(end - 5);
      const bool run = end >= 8 && all(end - 7, end, true) && !digit(end - 8);
      return grouped || run;
    });
  }

  std::set<std::size_t> short_groups() const {
    return ends([this](std::size_t end) {
      return groups(end, 1, 5) || groups(end, 2, 4) || groups(end, 3, 3);
    });
  }

 private:
  template <class Test>
  std::set<std::size_t> ends(const Test& test) const {
    std::set<std::size_t> result;
    for (std::size_t end = 1; end <= text_.size(); ++end) {
      if (test(end)) result.insert(end);
    }
    return result;
  }
  bool digit(std::size_t i) const { return is_ascii_digit(text_[i]); }
  bool separator(std::size_t i) const { return std::string_view(" .-").contains(text_[i]); }
  bool all(std::size_t begin, std::size_t end, bool wanted) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (digit(i) != wanted) return false;
    }
    return true;
  }
  bool groups(std::size_t end, std::size_t size, std::size_t count) const {
    if (end < (size + 1) * count) return false;
    for (std::size_t at = end - (size + 1) * count; at < end; at += size + 1) {
      if (!all(at, at + size, true) || !separator(at + size)) return false;
    }
    return true;
  }

  std::string_view text_;
};

TEST_CASE("the anchors agree with a naive matcher on random digit-heavy text of every length") {
  KindSet kinds;
  const Vocabulary vocabulary(*catalog::Catalog::builtin(), kinds);
  const auto set = PatternSet::open(vocabulary.patterns(), {});
  REQUIRE(set);
  auto scratch = set->scratch();
  std::mt19937 random(20260301);
  constexpr std::string_view kLetters = "0123456789012345678901234567890123456789 .-- \n\tX,@";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const std::size_t size = random() % 400;
    while (text.size() < size) text += kLetters[random() % kLetters.size()];
    std::vector<Hit> hits;
    REQUIRE(set->scan(text, *scratch, hits));
    std::set<std::size_t> digits;
    std::set<std::size_t> groups;
    for (const Hit& hit : hits) {
      if (hit.pattern == static_cast<std::uint32_t>(Anchor::kDigits)) digits.insert(hit.end);
      if (hit.pattern == static_cast<std::uint32_t>(Anchor::kShortGroups)) groups.insert(hit.end);
    }
    CAPTURE(text);
    REQUIRE(digits == NaiveAnchors(text).digits());
    REQUIRE(groups == NaiveAnchors(text).short_groups());
  }
}

TEST_CASE("every keyword of the catalogue is found where it stands") {
  KindSet kinds;
  for (std::size_t i = 0; i < kKinds; ++i) kinds.add(static_cast<Kind>(i));
  const Vocabulary vocabulary(*catalog::Catalog::builtin(), kinds);
  const auto set = PatternSet::open(vocabulary.patterns(), {});
  REQUIRE(set);
  CHECK(vocabulary.size() > 500);
}

}  // namespace
}  // namespace huxin::detect
