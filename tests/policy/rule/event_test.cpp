#include "policy/rule/event.hpp"

#include <array>

#include <catch2/catch_test_macros.hpp>

#include "policy/rule/keys.hpp"

namespace huxin::rule {

TEST_CASE("every word of a policy reads back as itself") {
  for (const auto word : keys::kStages) CHECK(to_string(stage_from(word).value()) == word);
  for (const auto word : keys::kChannels) CHECK(to_string(channel_from(word).value()) == word);
  for (const auto word : keys::kActions) CHECK(to_string(action_from(word).value()) == word);
  for (const auto word : keys::kSeverities) CHECK(to_string(severity_from(word).value()) == word);
}

TEST_CASE("a word that is none is an error that names it") {
  CHECK(stage_from("Use").error().context.contains("'Use'"));
  CHECK(channel_from("").error().code == Errc::kInvalid);
  CHECK(action_from("deny").error().code == Errc::kInvalid);
  CHECK(severity_from("s1").error().code == Errc::kInvalid);
}

TEST_CASE("numbers written to disk and wire stay what they are") {
  CHECK(static_cast<int>(Stage::kCollect) == 1);
  CHECK(static_cast<int>(Stage::kDestroy) == 4);
  CHECK(static_cast<int>(Channel::kFile) == 1);
  CHECK(static_cast<int>(Channel::kPrint) == 6);
  CHECK(static_cast<int>(Action::kAllow) == 1);
  CHECK(static_cast<int>(Action::kQuarantine) == 5);
  CHECK(static_cast<int>(Severity::kS1) == 1);
  CHECK(static_cast<int>(Severity::kS4) == 4);
}

}  // namespace huxin::rule
