#include "agent/enrolment.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>

#include "agent/trust_pins.hpp"
#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {
namespace {

struct Fixture {
  test::TempDir dir;
  State state{dir / "state"};
  std::unique_ptr<certs::KeyStore> keys;

  Fixture() {
    std::filesystem::create_directories(state.root);
    keys = certs::open_file_key_store(state.keys()).value();
  }

  static Enrolment made(std::uint8_t mark) {
    Enrolment enrolment{.host = "collector.bank.example", .port = 8443, .terminal = "T-000007"};
    enrolment.identity = {Bytes{mark, 1}, Bytes{mark, 2}, Secret(Bytes{mark, 3})};
    enrolment.root = {9};
    enrolment.policy_key = {8};
    enrolment.digest_key = Secret(Bytes(32, 7));
    return enrolment;
  }
};

Bytes bytes_of(const Secret& secret) { return {secret.view().begin(), secret.view().end()}; }

}  // namespace

TEST_CASE_METHOD(Fixture,
                 "a terminal that was never enrolled has no enrolment, which is no failure") {
  const auto loaded = load_enrolment(state, *keys);
  REQUIRE(loaded);
  CHECK_FALSE(*loaded);
}

TEST_CASE_METHOD(
    Fixture, "an enrolment reads back whole, and its file is for root alone and holds no secret") {
  REQUIRE(save_enrolment(state, *keys, made(1)));
  const auto loaded = load_enrolment(state, *keys);
  REQUIRE(loaded);
  REQUIRE(*loaded);
  CHECK((*loaded)->host == "collector.bank.example");
  CHECK((*loaded)->port == 8443);
  CHECK((*loaded)->terminal == "T-000007");
  CHECK((*loaded)->identity.certificate == Bytes{1, 1});
  CHECK(bytes_of((*loaded)->identity.private_key) == Bytes{1, 3});
  CHECK(bytes_of((*loaded)->digest_key) == Bytes(32, 7));

  struct stat info{};
  REQUIRE(::stat(state.enrolment().c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0600U);
  CHECK_FALSE(read_file(state.enrolment()).value().contains("0707070707"));
}

TEST_CASE_METHOD(Fixture, "a renewed identity replaces the old one with its own key") {
  REQUIRE(save_enrolment(state, *keys, made(1)));
  REQUIRE(save_enrolment(state, *keys, made(2)));
  const auto loaded = load_enrolment(state, *keys);
  REQUIRE(loaded);
  CHECK((*loaded)->identity.certificate == Bytes{2, 1});
  CHECK(bytes_of((*loaded)->identity.private_key) == Bytes{2, 3});
}

TEST_CASE_METHOD(Fixture,
                 "what a terminal trusts is what it enrolled with, whatever enrolment.json says") {
  const auto open = [&] {
    return journal::Journal::open(state.journal(), Secret(Bytes(32, 3)), {.reserve = 0}).value();
  };
  REQUIRE(pin_trust(*open(), made(1)));

  Enrolment same = made(1);
  CHECK(hold_to_pins(*open(), same).value().empty());

  Enrolment changed = made(1);
  changed.policy_key = {6, 6, 6};
  const std::string told = hold_to_pins(*open(), changed).value();
  CHECK(told.contains("policy_key in enrolment.json was changed"));
  CHECK(told.contains(to_hex(sha256(Bytes{6, 6, 6}))));
  CHECK(told.contains(to_hex(sha256(Bytes{8}))));
  CHECK(changed.policy_key == Bytes{8});

  Enrolment other_bank = made(1);
  other_bank.root = {6};
  CHECK(hold_to_pins(*open(), other_bank).value().contains("root in enrolment.json"));
  CHECK(other_bank.root == Bytes{9});

  // Enrolled anew, on purpose.
  Enrolment anew = made(2);
  anew.policy_key = {5};
  REQUIRE(pin_trust(*open(), anew));
  CHECK(hold_to_pins(*open(), anew).value().empty());
  CHECK(anew.policy_key == Bytes{5});
}

TEST_CASE_METHOD(Fixture, "what a terminal of before trusts is pinned at its next start") {
  const auto journal =
      journal::Journal::open(state.journal(), Secret(Bytes(32, 3)), {.reserve = 0}).value();
  Enrolment first = made(1);
  CHECK(hold_to_pins(*journal, first).value().empty());
  Enrolment changed = made(1);
  changed.policy_key = {6};
  CHECK_FALSE(hold_to_pins(*journal, changed).value().empty());
}

TEST_CASE_METHOD(Fixture, "a damaged enrolment file is named, with what it lacks") {
  REQUIRE(save_enrolment(state, *keys, made(1)));
  const std::string good = read_file(state.enrolment()).value();
  struct Row {
    const char* what;
    std::string content;
    const char* named;
  };
  std::string without_host = good;
  without_host.replace(without_host.find("collector_host"), 14, "collector_what");
  std::string bad_port = good;
  bad_port.replace(bad_port.find("8443"), 4, "0");
  for (const Row& row :
       {Row{"cut in the middle of a write that was not ours", good.substr(0, 40), "JSON"},
        Row{"no object", "[]", "JSON"}, Row{"a missing member", without_host, "collector_host"},
        Row{"a port that is none", bad_port, "collector_port"}}) {
    INFO(row.what);
    REQUIRE(write_file_atomically(state.enrolment(), as_bytes(row.content), 0600));
    const auto loaded = load_enrolment(state, *keys);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == Errc::kCorrupt);
    CHECK(loaded.error().context.contains("enrolment.json"));
    CHECK(loaded.error().context.contains(row.named));
  }
}

}  // namespace huxin::agent
