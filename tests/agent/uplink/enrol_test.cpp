#include "agent/uplink/enrol.hpp"

#include <catch2/catch_test_macros.hpp>

#include "certs/token.hpp"
#include "policy/base/digest.hpp"
#include "tests/agent/uplink/collector_server.hpp"
#include "tests/support/bank.hpp"

namespace huxin::uplink {
namespace {

using test::Answer;
using test::Asked;
using test::Bank;
using test::CollectorServer;

record::EnrolReply honest_reply(Bank& bank, const Asked& asked) {
  record::EnrolRequest request;
  request.ParseFromString(asked.body);
  const auto issued = test::must(
      bank.authority().issue_terminal(as_bytes(request.csr()), "T-9", SystemClock().now()));
  record::EnrolReply reply;
  reply.set_certificate(std::string(as_text(issued.certificate)));
  reply.set_chain(std::string(as_text(issued.chain)));
  reply.set_digest_key(std::string(32, 'k'));
  reply.set_policy_key("an Ed25519 key");
  reply.set_terminal("T-9");
  return reply;
}

EnrolmentRequest request_to(const CollectorServer& server, std::string token) {
  return {.host = "127.0.0.1",
          .port = server.port(),
          .token = std::move(token),
          .hostname = "teller-07"};
}

}  // namespace

TEST_CASE("enrolment brings back everything a terminal must keep") {
  Bank bank;
  CollectorServer server(bank.server(), bank.root(), [&](const Asked& asked) {
    return Answer{.body = honest_reply(bank, asked).SerializeAsString()};
  });
  const std::string token = certs::make_token(bank.root()).text;
  const Enrolment enrolment = test::must(enrol(request_to(server, token), SystemClock()));
  CHECK(enrolment.terminal == "T-9");
  CHECK(enrolment.root == bank.root());
  CHECK(enrolment.digest_key.size() == 32);
  CHECK(enrolment.policy_key.size() == 14);
  CHECK(certs::check_terminal_identity(enrolment.identity, bank.root(), SystemClock().now()));
  const Asked asked = server.asked("/v1/enrol").at(0);
  CHECK(asked.peer.empty());
  record::EnrolRequest request;
  REQUIRE(request.ParseFromString(asked.body));
  CHECK(request.token() == token);
  CHECK(request.hostname() == "teller-07");
}

TEST_CASE("a token is shown to the collector of its own root only") {
  Bank bank;
  Bank other;
  CollectorServer server(bank.server(), bank.root(), [](const Asked&) { return Answer{}; });
  const auto refused =
      enrol(request_to(server, certs::make_token(other.root()).text), SystemClock());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::kUnauthenticated);
  CHECK(server.asked("/v1/enrol").empty());
  CHECK(enrol(request_to(server, "hx1.nonsense"), SystemClock()).error().code == Errc::kInvalid);
  EnrolmentRequest nameless = request_to(server, certs::make_token(bank.root()).text);
  nameless.host = "no host";
  CHECK(enrol(nameless, SystemClock()).error().code != Errc::kInternal);
}

TEST_CASE("a refusal is passed on in the collector's words") {
  Bank bank;
  CollectorServer server(bank.server(), bank.root(), [](const Asked&) {
    return Answer{.status = 401,
                  .body = R"({"error":{"code":"token_used","message":"this token\nwas used"}})"};
  });
  const auto refused =
      enrol(request_to(server, certs::make_token(bank.root()).text), SystemClock());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::kUnauthenticated);
  CHECK(refused.error().context == "/v1/enrol: 401 (this token was used)");
}

TEST_CASE("an answer that does not hold together is no enrolment") {
  struct Row {
    const char* why;
    std::function<void(Bank&, record::EnrolReply&)> spoil;
  };
  const std::vector<Row> rows{
      {"another terminal's certificate",
       [](Bank&, record::EnrolReply& r) { r.set_terminal("T-8"); }},
      {"no terminal", [](Bank&, record::EnrolReply& r) { r.clear_terminal(); }},
      {"another key's certificate",
       [](Bank& b, record::EnrolReply& r) {
         r.set_certificate(std::string(as_text(b.terminal("T-9").certificate)));
       }},
      {"no chain", [](Bank&, record::EnrolReply& r) { r.clear_chain(); }},
      {"another root",
       [](Bank&, record::EnrolReply& r) {
         r.set_chain(std::string(as_text(Bank().terminal("x").chain)));
       }},
      {"no certificate", [](Bank&, record::EnrolReply& r) { r.clear_certificate(); }},
      {"a short digest key", [](Bank&, record::EnrolReply& r) { r.set_digest_key("short"); }},
      {"no policy key", [](Bank&, record::EnrolReply& r) { r.clear_policy_key(); }},
  };
  Bank bank;
  for (const Row& row : rows) {
    INFO(row.why);
    CollectorServer server(bank.server(), bank.root(), [&](const Asked& asked) {
      record::EnrolReply reply = honest_reply(bank, asked);
      row.spoil(bank, reply);
      return Answer{.body = reply.SerializeAsString()};
    });
    const auto enrolled =
        enrol(request_to(server, certs::make_token(bank.root()).text), SystemClock());
    REQUIRE_FALSE(enrolled);
    CHECK(enrolled.error().code == Errc::kProtocol);
  }
}

TEST_CASE("a collector that is not there, cuts, or is silent is told apart") {
  Bank bank;
  const std::string token = certs::make_token(bank.root()).text;
  CollectorServer cut(bank.server(), bank.root(),
                      [](const Asked&) { return Answer{.way = Answer::Way::kCut}; });
  CHECK(enrol(request_to(cut, token), SystemClock()).error().code == Errc::kUnavailable);
  CollectorServer silent(bank.server(), bank.root(),
                         [](const Asked&) { return Answer{.way = Answer::Way::kSilence}; });
  EnrolmentRequest hasty = request_to(silent, token);
  hasty.deadline = std::chrono::milliseconds(100);
  CHECK(enrol(hasty, SystemClock()).error().code == Errc::kTimeout);
  EnrolmentRequest absent = request_to(cut, token);
  absent.port = 1;
  CHECK(enrol(absent, SystemClock()).error().code == Errc::kUnavailable);
}

}  // namespace huxin::uplink
