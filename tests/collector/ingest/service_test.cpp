#include <catch2/catch_test_macros.hpp>

#include "certs/token.hpp"
#include "policy/base/digest.hpp"
#include "tests/collector/support/bench.hpp"
#include "tests/support/eventually.hpp"

namespace huxin {
namespace {

const test::Headers kProtobuf{{"Content-Type", "application/x-protobuf"}};

test::Reply post(test::HttpsClient& client, const std::string& path,
                 const google::protobuf::MessageLite& message) {
  return client.send("POST", path, kProtobuf, message.SerializeAsString());
}

std::string new_token(test::Bench& bench) {
  const certs::Token token = certs::make_token(bench.root());
  REQUIRE(bench.state.store->add_token(token.digest, "南京路支行",
                                       bench.clock.now() + std::chrono::hours(1)));
  return token.text;
}

test::Device enrolled(test::Bench& bench) {
  test::Device device;
  record::EnrolRequest request;
  request.set_token(new_token(bench));
  request.set_csr(std::string(as_text(device.request())));
  request.set_hostname("teller-01");
  auto client = bench.agent();
  const test::Reply reply = post(client, "/v1/enrol", request);
  REQUIRE(reply.status == 200);
  record::EnrolReply answer;
  REQUIRE(answer.ParseFromString(reply.body));
  CHECK(answer.digest_key().size() == 32);
  CHECK(as_text(bench.state.bundle_public_key) == answer.policy_key());
  const auto bytes = [](const std::string& text) { return Bytes(text.begin(), text.end()); };
  device.adopt(answer.terminal(), bytes(answer.certificate()), bytes(answer.chain()));
  return device;
}

std::uint64_t counted(test::Bench& bench, std::string_view what, std::string_view detail) {
  bench.collector->tick();
  std::uint64_t sum = 0;
  for (const auto& counter : *bench.state.store->counters()) {
    if (counter.what == what && counter.detail.contains(detail)) sum += counter.count;
  }
  return sum;
}

TEST_CASE("A terminal enrols, reports, beats, takes a policy and renews") {
  test::Bench bench;
  test::Device device = enrolled(bench);
  CHECK(device.id() == "T-000001");
  const auto identity = device.identity();
  auto client = bench.agent(&identity);

  test::Reply reply = post(client, "/v1/records", device.batch_of_incidents(50));
  REQUIRE(reply.status == 200);
  record::Ack ack;
  REQUIRE(ack.ParseFromString(reply.body));
  CHECK(ack.accepted_through() == 50);
  CHECK(ack.error().empty());
  CHECK(bench.printed.size() == 50);
  CHECK(bench.printed.front().terminal == "T-000001");

  CHECK(client.send("GET", "/v1/policy").status == 404);
  const Bytes bundle{1, 2, 3};
  const Digest digest = sha256(bundle);
  const Bytes digest_bytes(digest.begin(), digest.end());
  REQUIRE(bench.state.store->publish_bundle({bundle, digest_bytes, "1", 1}, bench.clock.now()));
  reply = client.send("GET", "/v1/policy");
  CHECK(reply.status == 200);
  CHECK(reply.header("X-Huxin-Digest") == to_hex(digest));
  CHECK(reply.body == std::string("\x01\x02\x03"));
  CHECK(client.send("GET", "/v1/policy", {{"If-None-Match", to_hex(digest)}}).status == 304);

  record::Heartbeat beat;
  beat.set_agent_version("0.1.0");
  beat.set_outbox(7);
  reply = post(client, "/v1/heartbeat", beat);
  REQUIRE(reply.status == 200);
  record::HeartbeatReply beaten;
  REQUIRE(beaten.ParseFromString(reply.body));
  CHECK(beaten.policy_digest() == as_text(digest));
  CHECK_FALSE(beaten.renew_certificate());
  CHECK(bench.state.store->terminal(device.id())->value().outbox == 7);

  record::RenewRequest renewal;
  renewal.set_csr(std::string(as_text(device.request())));
  reply = post(client, "/v1/renew", renewal);
  REQUIRE(reply.status == 200);
  record::RenewReply renewed;
  REQUIRE(renewed.ParseFromString(reply.body));
  test::Device again = std::move(device);
  const std::string old_sha256 = again.sha256();
  again.adopt(again.id(), Bytes(renewed.certificate().begin(), renewed.certificate().end()),
              Bytes(renewed.chain().begin(), renewed.chain().end()));
  const auto fresh = again.identity();
  auto after = bench.agent(&fresh);
  CHECK(post(after, "/v1/records", again.batch_of_incidents(5)).status == 200);
  CHECK(post(client, "/v1/heartbeat", beat).status == 200);
  CHECK(old_sha256 != again.sha256());
  CHECK(bench.state.store->verify()->faults.empty());
}

TEST_CASE("A token enrols once, and a bad request names what is wrong with it") {
  test::Bench bench;
  test::Device device;
  record::EnrolRequest request;
  request.set_token(new_token(bench));
  request.set_csr("no request at all");
  auto client = bench.agent();
  CHECK(post(client, "/v1/enrol", request).status >= 400);
  request.set_csr(std::string(as_text(device.request())));
  CHECK(post(client, "/v1/enrol", request).status == 200);
  const test::Reply again = post(client, "/v1/enrol", request);
  CHECK(again.status == 403);
  CHECK(again.body.contains("token used"));
  request.set_token("hx1.nonsense");
  CHECK(post(client, "/v1/enrol", request).body.contains("unknown token"));
  CHECK(counted(bench, "enrolment_refused", "token used") == 1);
  CHECK(counted(bench, "enrolment_refused", "unknown token") == 1);
}

TEST_CASE("A stolen certificate is refused from the moment it is revoked, and counted") {
  test::Bench bench;
  test::Device device = enrolled(bench);
  const auto identity = device.identity();
  auto thief = bench.agent(&identity);
  CHECK(post(thief, "/v1/records", device.batch_of_incidents(1)).status == 200);
  REQUIRE(bench.state.store->revoke(device.id(), bench.clock.now()));
  const test::Reply refused = post(thief, "/v1/records", device.batch_of_incidents(1));
  CHECK(refused.status == 403);
  CHECK(refused.body.contains("revoked"));
  auto second = bench.agent(&identity);
  CHECK(second.send("GET", "/v1/policy").status == 403);
  CHECK(counted(bench, "certificate_refused", "revoked: T-000001") == 2);
  CHECK(bench.state.store->terminal(device.id())->value().accepted_through == 1);
}

TEST_CASE("Nobody reports without a certificate that the store knows") {
  test::Bench bench;
  auto nobody = bench.agent();
  CHECK(nobody.send("GET", "/v1/policy").status == 401);
  // Issued by the right authority, but never entered in the store.
  test::Device ghost;
  const auto issued =
      bench.state.authority->issue_terminal(ghost.request(), "T-000099", bench.clock.now());
  REQUIRE(issued);
  ghost.adopt("T-000099", issued->certificate, issued->chain);
  const auto identity = ghost.identity();
  auto client = bench.agent(&identity);
  CHECK(client.send("GET", "/v1/policy").status == 403);
  CHECK(counted(bench, "certificate_refused", "none shown") == 1);
  CHECK(counted(bench, "certificate_refused", "unknown") == 1);
}

TEST_CASE("A certificate of another authority does not get through the handshake") {
  test::Bench bench, other;
  test::Device device;
  device.enrol(*other.state.store, *other.state.authority, other.clock.now());
  const auto identity = device.identity();
  bool refused = false;
  try {
    auto client = bench.agent(&identity);
    refused = client.send("GET", "/v1/policy").status == 0;
  } catch (const std::exception&) {
    refused = true;
  }
  CHECK(refused);
  // The client may see the end of the handshake before the server has counted it.
  CHECK(test::eventually([&] { return counted(bench, "agents_handshake_failed", "") == 1; }));
}

TEST_CASE("A wrong batch is answered with what is wrong, and the right one goes on") {
  test::Bench bench;
  test::Device device = enrolled(bench);
  const auto identity = device.identity();
  auto client = bench.agent(&identity);
  record::Batch batch = device.batch_of_incidents(3);
  record::Batch broken = batch;
  broken.mutable_records(1)->mutable_payload()->append("x");
  test::Reply reply = post(client, "/v1/records", broken);
  record::Ack ack;
  REQUIRE(reply.status == 200);
  REQUIRE(ack.ParseFromString(reply.body));
  CHECK(ack.accepted_through() == 0);
  CHECK(ack.error().contains("record 2"));
  reply = post(client, "/v1/records", batch);
  REQUIRE(ack.ParseFromString(reply.body));
  CHECK(ack.accepted_through() == 3);
  CHECK(counted(bench, "batch_refused", "corrupt") == 1);
}

TEST_CASE("Requests that are none are refused by name and the server goes on") {
  test::Bench bench;
  const test::Device device = enrolled(bench);
  const auto identity = device.identity();
  struct Row {
    const char* why;
    std::string bytes;
    std::string status;  // empty: the connection just ends
  };
  const std::string host = "Host: localhost\r\n";
  const std::vector<Row> rows{
      {"not HTTP", "\x16\x03 hello\r\n\r\n", "400"},
      {"two lengths",
       "POST /v1/records HTTP/1.1\r\n" + host +
           "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
       "400"},
      {"length and chunks, the smuggler's pair",
       "POST /v1/records HTTP/1.1\r\n" + host +
           "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "400"},
      {"chunks",
       "POST /v1/records HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "411"},
      {"a negative length", "POST /v1/records HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n",
       "400"},
      {"a length over the limit",
       "POST /v1/records HTTP/1.1\r\n" + host + "Content-Length: 5242881\r\n\r\n", "413"},
      {"a length that overflows",
       "POST /v1/records HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999\r\n\r\n",
       "400"},
      {"no host", "GET /v1/policy HTTP/1.1\r\n\r\n", "400"},
      {"two hosts", "GET /v1/policy HTTP/1.1\r\n" + host + host + "\r\n", "400"},
      {"an old version", "GET /v1/policy HTTP/1.0\r\n" + host + "\r\n", "505"},
      {"a proxy's target", "GET http://localhost/v1/policy HTTP/1.1\r\n" + host + "\r\n", "400"},
      {"a header over the limit",
       "GET /v1/policy HTTP/1.1\r\n" + host + "X: " + std::string(20000, 'a') + "\r\n\r\n", "431"},
      {"a blank before the colon", "GET /v1/policy HTTP/1.1\r\nHost : localhost\r\n\r\n", "400"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    auto client = bench.agent(&identity);
    const std::string answer = client.raw(row.bytes);
    CHECK(answer.substr(0, 12) == "HTTP/1.1 " + row.status);
    CHECK(answer.contains("\"error\""));
    CHECK(answer.contains("Connection: close"));
  }
  auto client = bench.agent(&identity);
  CHECK(client.send("POST", "/v1/records", kProtobuf, "\xff garbage").status == 400);
  CHECK(client.send("POST", "/v1/records", {{"Content-Type", "text/plain"}}, "x").status == 400);
  CHECK(client.send("GET", "/v1/records").status == 405);
  CHECK(client.send("GET", "/elsewhere").status == 404);
  CHECK(client.send("GET", "/v1/policy").status == 404);
  bench.collector->tick();
  const auto counters = bench.state.store->counters().value();
  const auto counted = [&](std::string_view detail) {
    return std::ranges::any_of(counters, [&](const store::Counter& counter) {
      return counter.what == "agent_refused" && counter.detail == detail && counter.count == 1;
    });
  };
  CHECK(counted("404 /elsewhere"));
  CHECK(counted("405 /v1/records"));
  CHECK_FALSE(counted("404 /v1/policy"));  // there is none yet, which is an answer
}

}  // namespace
}  // namespace huxin
