#include "certs/tls.hpp"

#include <openssl/ssl.h>

#include <functional>

#include <catch2/catch_test_macros.hpp>

#include "certs/encoding.hpp"
#include "certs/issue.hpp"
#include "certs/token.hpp"
#include "policy/base/digest.hpp"
#include "tests/support/bank.hpp"

namespace huxin::certs {
namespace {

using std::chrono::days;
using test::must;

using ContextPtr = std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX_free>>;
using ConnectionPtr = std::unique_ptr<SSL, FreeWith<SSL_free>>;

/// Both ends of one connection, in memory.
struct Meeting {
  ContextPtr server_context{SSL_CTX_new(TLS_method())};
  ContextPtr client_context{SSL_CTX_new(TLS_method())};
  ConnectionPtr server, client;

  /// Shakes hands; true when both sides are content, the server having read what the client sent.
  bool meet(std::string_view host) {
    server.reset(SSL_new(server_context.get()));
    client.reset(SSL_new(client_context.get()));
    BIO* one = nullptr;
    BIO* two = nullptr;
    BIO_new_bio_pair(&one, 0, &two, 0);
    SSL_set_bio(server.get(), one, one);
    SSL_set_bio(client.get(), two, two);
    SSL_set_accept_state(server.get());
    SSL_set_connect_state(client.get());
    if (!host.empty()) must(expect_host(client.get(), host));
    char byte = 'x';
    for (int turn = 0; turn < 10; ++turn) {
      if (SSL_do_handshake(client.get()) == 1) SSL_write(client.get(), &byte, 1);
      if (SSL_read(server.get(), &byte, 1) == 1) return SSL_is_init_finished(client.get()) == 1;
    }
    return false;
  }
  long client_verdict() const { return SSL_get_verify_result(client.get()); }
  long server_verdict() const { return SSL_get_verify_result(server.get()); }
};

Identity self_signed(const char* usage) {
  const KeyPtr key = must(make_p256_key());
  const Profile profile{.common_name = "T-1", .extended_key_usage = usage, .life = days(10)};
  const CertificatePtr certificate = must(issue(profile, key.get(), {}, SystemClock().now()));
  return {must(encode(certificate.get())), {}, must(encode_private(key.get()))};
}

Bytes fingerprint_of(ByteView root) {
  const Digest digest = sha256(root);
  return {digest.begin(), digest.begin() + 16};
}

}  // namespace

TEST_CASE("terminal and collector of one bank meet over TLS 1.3, and know each other") {
  test::Bank bank;
  Meeting meeting;
  const Identity terminal = bank.terminal("T-1");
  REQUIRE(configure_server(meeting.server_context.get(), bank.server(), bank.root(), true));
  REQUIRE(configure_client(meeting.client_context.get(), &terminal, bank.root()));
  for (const char* host : {"localhost", "127.0.0.1"}) REQUIRE(meeting.meet(host));
  CHECK(SSL_version(meeting.client.get()) == TLS1_3_VERSION);
  const CertificatePtr peer(SSL_get1_peer_certificate(meeting.server.get()));
  CHECK(common_name(peer.get()) == "T-1");
  CHECK(certificate_sha256(peer.get()) == to_hex(sha256(terminal.certificate)));
}

TEST_CASE("a terminal refuses a server that is not the collector it was told of") {
  test::Bank bank;
  test::Bank other;
  struct Row {
    const char* why;
    Identity server;
    const char* host;
    long verdict;
  };
  std::vector<Row> rows;
  rows.push_back(
      {"another bank's", other.server(), "localhost", X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN});
  rows.push_back(
      {"another host's", bank.server({"elsewhere"}), "localhost", X509_V_ERR_HOSTNAME_MISMATCH});
  rows.push_back({"another address's", bank.server({"127.0.0.2"}), "127.0.0.1",
                  X509_V_ERR_IP_ADDRESS_MISMATCH});
  rows.push_back({"a terminal posing as one", bank.terminal("localhost"), "localhost",
                  X509_V_ERR_INVALID_PURPOSE});
  rows.push_back({"self-signed", self_signed("serverAuth"), "localhost",
                  X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT});
  const Identity terminal = bank.terminal("T-1");
  for (const Row& row : rows) {
    INFO(row.why);
    Meeting meeting;
    REQUIRE(configure_server(meeting.server_context.get(), row.server, bank.root(), true));
    REQUIRE(configure_client(meeting.client_context.get(), &terminal, bank.root()));
    CHECK_FALSE(meeting.meet(row.host));
    CHECK(meeting.client_verdict() == row.verdict);
  }
}

TEST_CASE("a collector refuses whoever is not a terminal of its bank") {
  const Time now = SystemClock().now();
  test::Bank bank(now - days(200));
  test::Bank other;
  struct Row {
    const char* why;
    Identity client;
    long verdict;
  };
  std::vector<Row> rows;
  rows.push_back({"expired", bank.terminal("T-1", now - days(100)), X509_V_ERR_CERT_HAS_EXPIRED});
  rows.push_back({"another bank's", other.terminal("T-1"), X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN});
  rows.push_back({"a server posing as one", bank.server(), X509_V_ERR_INVALID_PURPOSE});
  rows.push_back(
      {"self-signed", self_signed("clientAuth"), X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT});
  for (const Row& row : rows) {
    INFO(row.why);
    Meeting meeting;
    REQUIRE(configure_server(meeting.server_context.get(), bank.server(), bank.root(), false));
    REQUIRE(configure_client(meeting.client_context.get(), &row.client, bank.root()));
    CHECK_FALSE(meeting.meet("localhost"));
    CHECK(meeting.server_verdict() == row.verdict);
  }
}

TEST_CASE("a client without a certificate gets in only where enrolment is open") {
  test::Bank bank;
  for (const bool require : {true, false}) {
    Meeting meeting;
    REQUIRE(configure_server(meeting.server_context.get(), bank.server(), bank.root(), require));
    REQUIRE(configure_client(meeting.client_context.get(), nullptr, bank.root()));
    CHECK(meeting.meet("localhost") == !require);
  }
}

TEST_CASE("nothing older than TLS 1.3 is spoken, by either side") {
  test::Bank bank;
  const Identity terminal = bank.terminal("T-1");
  for (const bool old_server : {true, false}) {
    Meeting meeting;
    REQUIRE(configure_server(meeting.server_context.get(), bank.server(), bank.root(), false));
    REQUIRE(configure_client(meeting.client_context.get(), &terminal, bank.root()));
    SSL_CTX* const old = (old_server ? meeting.server_context : meeting.client_context).get();
    SSL_CTX_set_min_proto_version(old, TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(old, TLS1_2_VERSION);
    CHECK_FALSE(meeting.meet("localhost"));
  }
}

TEST_CASE("before enrolment a terminal trusts the root its token names, and no other") {
  test::Bank bank;
  test::Bank other;
  struct Row {
    const char* why;
    Identity server;
    Bytes fingerprint;
    const char* host;
    bool meets;
  };
  Identity bare = bank.server();
  bare.chain.clear();
  // The pinned root sent along with a chain that does not lead to it.
  Identity decorated = other.server();
  decorated.chain.insert(decorated.chain.end(), bank.root().begin(), bank.root().end());
  std::vector<Row> rows;
  rows.push_back({"the right one", bank.server(), fingerprint_of(bank.root()), "localhost", true});
  rows.push_back(
      {"a token of another root", bank.server(), fingerprint_of(other.root()), "localhost", false});
  rows.push_back({"another host", bank.server({"elsewhere"}), fingerprint_of(bank.root()),
                  "localhost", false});
  rows.push_back(
      {"no root sent", std::move(bare), fingerprint_of(bank.root()), "localhost", false});
  rows.push_back({"the root as decoration", std::move(decorated), fingerprint_of(bank.root()),
                  "localhost", false});
  rows.push_back(
      {"a terminal", bank.terminal("localhost"), fingerprint_of(bank.root()), "localhost", false});
  for (const Row& row : rows) {
    INFO(row.why);
    Meeting meeting;
    REQUIRE(configure_server(meeting.server_context.get(), row.server, bank.root(), false));
    REQUIRE(configure_enrolment(meeting.client_context.get(), row.fingerprint));
    CHECK(meeting.meet(row.host) == row.meets);
  }
}

TEST_CASE("a context says what of an identity does not fit") {
  test::Bank bank;
  const ContextPtr context(SSL_CTX_new(TLS_method()));
  const Identity one = bank.terminal("T-1");
  const Identity swapped{one.certificate, one.chain, bank.terminal("T-2").private_key.duplicate()};
  CHECK(configure_client(context.get(), &swapped, bank.root()).error().code == Errc::kInvalid);
  CHECK(configure_client(context.get(), &one, Bytes{1}).error().context.starts_with("root"));
  CHECK(configure_enrolment(context.get(), Bytes(15)).error().code == Errc::kInvalid);
  const ConnectionPtr connection(SSL_new(context.get()));
  CHECK(expect_host(connection.get(), "*.example").error().code == Errc::kInvalid);
}

}  // namespace huxin::certs
