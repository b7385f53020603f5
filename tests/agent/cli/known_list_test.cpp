// The built huxin-agent, its real workers, and a terminal's folder with a bundle that lists
// customers.
#include <catch2/catch_test_macros.hpp>

#include "agent/enrolment.hpp"
#include "agent/policy_keeper.hpp"
#include "policy/base/file.hpp"
#include "policy/bundle/bundle.hpp"
#include "policy/known/exact_builder.hpp"
#include "policy/presets/presets.hpp"
#include "tests/agent/cli/program.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent::cli {
namespace {

using test::Ran;
using test::run;

/// A terminal that was enrolled, and whose bundle lists 13800138000 alone (13900139000 is no false
/// hit with this salt and seed).
struct Terminal {
  Terminal() {
    const Bytes digest_key(32, 5);
    const auto key = bundle::make_signing_key().value();
    Enrolment enrolment{.host = "localhost",
                        .port = 1,
                        .terminal = "T-000001",
                        .identity = {.certificate = {1}, .chain = {1}, .private_key = Secret(1)},
                        .root = {1},
                        .policy_key = key.public_key,
                        .digest_key = Secret(Bytes(digest_key))};
    const auto keys = certs::open_file_key_store(state.keys()).value();
    REQUIRE(save_enrolment(state, *keys, enrolment));
    known::ExactBuilder builder(digest_key, Bytes(known::ExactHeader::kSaltSize, 1), 1);
    REQUIRE(builder.add(known::Value{catalog::ElementId{27}, "13800138000"}));
    const Bytes exact = builder.build().value();
    const bundle::Contents contents{
        .policy = std::string(presets::audit()), .exact = std::string(as_text(exact)), .serial = 1};
    REQUIRE(PolicyKeeper(state, key.public_key)
                .take(bundle::sign(contents, key.private_key).value(),
                      [](const auto&) -> Status { return {}; }));
    REQUIRE(write_file_atomically(list, as_bytes("手机 13800138000\n手机 13900139000\n"), 0644));
  }
  Ran run_here(const std::string& verb) const {
    return run("--state " + state.root.string() + " " + verb + " --json " + list.string() +
               " 2>&1");
  }

  test::TempDir dir;
  State state{dir.path() / "state"};
  std::filesystem::path list = dir.path() / "list.txt";
};

std::string verdicts(const Ran& ran) {
  std::string text;
  for (const auto& trace : ran.lines().at(0).at("traces").as_array())
    text += std::string(trace.as_object().at("verdict").as_string()) + " ";
  return text;
}

}  // namespace

TEST_CASE("explain says of a customer on the bank's list that it is known, and of no other") {
  const Terminal terminal;
  const Ran explained = terminal.run_here("explain");
  INFO(explained.out);
  CHECK(explained.exit == 1);
  CHECK(verdicts(explained) == "known for ");
}

TEST_CASE("scan is surer of what is on the bank's list than of its like") {
  const Terminal terminal;
  REQUIRE(
      write_file_atomically(terminal.list, as_bytes("单号13800138000\n\n单号13900139000\n"), 0644));
  const Ran scanned = terminal.run_here("scan --min-confidence 0.01");
  INFO(scanned.out);
  const auto found = scanned.lines().at(0).at("findings").as_array();
  REQUIRE(found.size() == 2);
  const auto confidence = [&](std::size_t i) {
    return found[i].as_object().at("confidence").to_number<double>();
  };
  CHECK(confidence(0) > 0.98);
  CHECK(confidence(1) < 0.5);
}

TEST_CASE("where no terminal is enrolled nothing is known, and nothing is made there") {
  const Terminal terminal;
  const auto nowhere = terminal.dir.path() / "nowhere";
  const Ran explained =
      run("--state " + nowhere.string() + " explain --json " + terminal.list.string() + " 2>&1");
  CHECK(verdicts(explained) == "for for ");
  CHECK_FALSE(std::filesystem::exists(nowhere));
}

TEST_CASE("a list that is broken is said, and files are explained without it") {
  const Terminal terminal;
  REQUIRE(write_file_atomically(terminal.state.bundle(), as_bytes("no bundle"), 0600));
  const Ran explained = terminal.run_here("explain");
  CHECK(explained.out.contains("The bank's list of customers is not used"));
  CHECK(explained.out.contains(R"("verdict":"for")"));
  CHECK(explained.exit == 1);
}

}  // namespace huxin::agent::cli
