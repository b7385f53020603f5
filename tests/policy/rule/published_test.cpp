// What is published about policies (the schema, the page of codes) says what the loader does.
#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "policy/rule/clauses.hpp"
#include "policy/rule/codes.hpp"
#include "policy/rule/keys.hpp"

namespace huxin::rule {
namespace {

namespace json = boost::json;
using Words = std::set<std::string>;

json::value schema() {
  const auto text = read_file(HUXIN_SOURCE_DIR "/policy/rule/schema/policy.schema.json");
  REQUIRE(text);
  return json::parse(*text);
}

Words keys_at(const json::value& root, std::string_view pointer) {
  Words words;
  for (const auto& [key, value] :
       root.at_pointer(std::string(pointer) + "/properties").as_object()) {
    words.emplace(key);
  }
  CHECK(root.at_pointer(std::string(pointer) + "/additionalProperties") == json::value(false));
  return words;
}

Words choices_at(const json::value& root, std::string_view pointer) {
  Words words;
  for (const json::value& word : root.at_pointer(std::string(pointer) + "/enum").as_array()) {
    words.emplace(word.as_string());
  }
  return words;
}

template <std::size_t N>
Words words_of(const std::array<std::string_view, N>& list) {
  return {list.begin(), list.end()};
}

}  // namespace

TEST_CASE("the schema has the keys the loader takes") {
  const json::value root = schema();
  CHECK(keys_at(root, "") == words_of(keys::kTop));
  CHECK(keys_at(root, "/properties/policy") == words_of(keys::kPolicy));
  CHECK(keys_at(root, "/properties/inspection") == words_of(keys::kInspection));
  CHECK(keys_at(root, "/properties/inspection/properties/pictures") == words_of(keys::kPictures));
  CHECK(keys_at(root, "/properties/watch") == words_of(keys::kWatch));
  CHECK(keys_at(root, "/$defs/profile") == words_of(keys::kProfile));
  CHECK(keys_at(root, "/properties/watch/properties/teller") == words_of(keys::kTeller));
  CHECK(keys_at(root, "/$defs/discover") == words_of(keys::kDiscover));
  CHECK(keys_at(root, "/$defs/rule") == words_of(keys::kRule));
  CHECK(keys_at(root, "/$defs/when") == words_of(keys::kWhen));
  CHECK(keys_at(root, "/$defs/when/properties/not") == words_of(keys::kNot));
  CHECK(keys_at(root, "/$defs/when/properties/time") == words_of(keys::kTime));
  CHECK(keys_at(root, "/$defs/when/properties/fingerprint") == words_of(keys::kFingerprint));
}

TEST_CASE("the schema has the words the loader takes") {
  const json::value root = schema();
  CHECK(choices_at(root, "/properties/policy/properties/mode") == words_of(keys::kModes));
  CHECK(choices_at(root, "/$defs/stage") == words_of(keys::kStages));
  CHECK(choices_at(root, "/$defs/channel") == words_of(keys::kChannels));
  CHECK(choices_at(root, "/$defs/action") == words_of(keys::kActions));
  CHECK(choices_at(root, "/$defs/severity") == words_of(keys::kSeverities));
  CHECK(choices_at(root, "/$defs/level") == words_of(keys::kLevels));
  CHECK(choices_at(root, "/$defs/authorisation") == words_of(keys::kAuthorisations));
  CHECK(choices_at(root, "/$defs/domain") == words_of(keys::kDomains));
  CHECK(choices_at(root, "/$defs/day") == words_of(keys::kDays));
}

TEST_CASE("every code is explained on its page, once, and codes go up") {
  const auto page = read_file(HUXIN_SOURCE_DIR "/policy/rule/CODES.md");
  REQUIRE(page);
  std::set<std::string_view> seen;
  for (const CodeText& each : codes()) {
    INFO(each.code);
    CHECK(seen.insert(each.code).second);
    CHECK(page->contains("\n| " + std::string(each.code) + " | " + std::string(each.what) + " | "));
  }
  CHECK(static_cast<std::size_t>(std::ranges::count(*page, '\n')) > codes().size());
}

TEST_CASE("what is said of a policy in Chinese is what the Chinese page says of its code") {
  const auto page = read_file(HUXIN_SOURCE_DIR "/packaging/man/zh_CN/huxin-policy.5");
  REQUIRE(page);
  for (const CodeText& each : codes()) {
    INFO(each.code);
    CHECK_FALSE(each.zh.empty());
    CHECK(page->contains(fmt::format("\n.It {}\n{}\n", each.code, each.zh)));
    CHECK(in_chinese(each.code) == each.zh);
  }
  CHECK(in_chinese("E999").empty());
}

TEST_CASE("every reason that a rule can name is in both manual pages") {
  for (const std::string page : {"huxin-policy.5", "zh_CN/huxin-policy.5"}) {
    const auto text = read_file(HUXIN_SOURCE_DIR "/packaging/man/" + page);
    REQUIRE(text);
    for (const std::string_view reason : keys::kReasons) {
      INFO(page << " " << reason);
      const std::string word(reason);
      CHECK((text->contains("\n.It " + word) || text->contains(" , " + word + "\n")));
    }
  }
}

TEST_CASE("the clause file holds K01 to K39, each with both languages, a source and a date") {
  const Clauses& clauses = Clauses::builtin();
  CHECK(clauses.all().size() == 39);
  for (int i = 1; i <= 39; ++i) {
    const Clause* const clause = clauses.find(fmt::format("K{:02}", i));
    REQUIRE(clause != nullptr);
    CHECK_FALSE(clause->zh.empty());
    CHECK_FALSE(clause->en.empty());
    CHECK_FALSE(clause->source.empty());
    CHECK_FALSE(clause->domains.empty());
    CHECK(clause->checked.size() == 10);
  }
  CHECK(clauses.find("K40") == nullptr);
  CHECK(clauses.notice_en().contains("not legal advice"));
}

TEST_CASE("a broken clause file is refused with its line") {
  CHECK(Clauses::parse("notice_zh: 一\nnotice_en: a\nclauses: {}", "c.yaml")
            .error()
            .context.contains("c.yaml:3"));
  CHECK(Clauses::parse("notice_zh: 一\nnotice_en: a\nclauses:\n- {id: K01}", "c.yaml")
            .error()
            .context.contains("needs the key"));
  CHECK(Clauses::parse("clauses: [", "c.yaml").error().code == Errc::kInvalid);
  CHECK(Clauses::parse(std::string((1U << 20U) + 1, '#'), "c.yaml").error().code ==
        Errc::kTooLarge);
}

}  // namespace huxin::rule
