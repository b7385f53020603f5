#include "agent/enrolment.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>

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
