#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include "collector/publication.hpp"
#include "policy/record/chain.hpp"
#include "tests/collector/support/bench.hpp"
#include "tests/collector/support/people.hpp"

namespace huxin {
namespace {

namespace json = boost::json;

constexpr std::string_view kPath = "/api/customer-lists/authorisations";

/// A session of somebody with one role.
struct Visitor {
  test::HttpsClient client;
  test::Headers session;

  Visitor(test::Bench& bench, const std::string& name, const std::string& role)
      : client(bench.browser()) {
    REQUIRE(bench.state.store->save_user(test::make_user(name, *store::roles_from(role))));
    const test::Reply reply = client.send(
        "POST", "/api/session", {{"X-Huxin", "1"}, {"Content-Type", "application/json"}},
        json::serialize(json::value{{"user", name},
                                    {"password", test::kPassword.data()},
                                    {"code", test::code_at(bench.clock.now())}}));
    REQUIRE(reply.status == 200);
    const std::string cookie = reply.header("Set-Cookie");
    session = {{"Cookie", cookie.substr(0, cookie.find(';'))}};
  }

  test::Reply import(std::string_view query, const std::string& table,
                     std::string_view type = "text/csv", std::string_view path = kPath) {
    test::Headers headers = session;
    headers.emplace_back("X-Huxin", "1");
    headers.emplace_back("Content-Type", type);
    return client.send("POST", std::string(path) + std::string(query), headers, table);
  }
  json::value shown(std::string_view path = kPath) {
    const test::Reply reply = client.send("GET", std::string(path), session);
    REQUIRE(reply.status == 200);
    return json::parse(reply.body);
  }
};

std::string code_of(const test::Reply& reply) {
  return std::string(json::parse(reply.body).at("error").at("code").as_string());
}

/// Consents of `count` customers of one number, each with a purpose of its own.
std::string table_of(int count) {
  std::string table = "id_number,from,until,purpose\n";
  for (int i = 0; i < count; ++i) table += fmt::format("11010519491231002X,2020-01-01,,p{}\n", i);
  return table;
}

bundle::Contents in_force(test::Bench& bench) {
  const auto current = bench.state.store->current_bundle().value();
  REQUIRE(current);
  return bundle::verify(current->bundle, bench.state.bundle_public_key, 0).value();
}

TEST_CASE("An imported list is counted, kept as digests, and shipped with the policy in force") {
  test::Bench bench;
  Visitor hegui(bench, "hegui", "compliance");
  test::Reply reply = hegui.import("?mode=add&file=%E5%90%8D%E5%8D%95.csv", table_of(2));
  REQUIRE(reply.status == 200);
  CHECK(json::parse(reply.body) == json::value{{"entries", 2}, {"serial", nullptr}});

  bundle::Contents policy;
  policy.policy = "policy: {id: p, version: '7', mode: enforce}\nrules: []\n";
  policy.version = "7";
  const auto published =
      collector::publish(*bench.state.store, *bench.state.keys, policy, bench.clock.now());
  REQUIRE(published);
  CHECK(published->serial == 1);
  const auto key = bench.state.keys->load("digest.key");
  REQUIRE(key);
  const Bytes digest = record::value_digest(key->view(), "D01", "11010519491231002X");
  const auto consents = bundle::DigestList::parse(in_force(bench).authorisations).value();
  CHECK(consents.at(digest, bench.clock.now()) == bundle::Standing::kInForce);

  reply = hegui.import("?mode=replace", table_of(1));
  CHECK(json::parse(reply.body) == json::value{{"entries", 1}, {"serial", 2}});
  const bundle::Contents again = in_force(bench);
  CHECK(again.policy == policy.policy);
  CHECK(again.version == "7");
  CHECK(bundle::DigestList::parse(again.authorisations).value().entries().size() == 1);
  // The same once more: nothing to ship.
  CHECK(json::parse(hegui.import("?mode=replace", table_of(1)).body).at("serial") == 2);

  reply = hegui.import("?mode=add", table_of(1), "text/csv; charset=gb18030",
                       "/api/customer-lists/holds");
  CHECK(json::parse(reply.body).at("serial") == 3);
  CHECK(bundle::DigestList::parse(in_force(bench).holds).value().entries().size() == 1);

  const json::value shown = hegui.shown();
  CHECK(shown.at("customers") == 1);
  CHECK(shown.at("in_force") == 1);
  CHECK(shown.at("purposes").at(0).at("last_end").is_null());
  CHECK(shown.at("imports").as_array().size() == 3);
  CHECK(shown.at("imports").at(2).at("who") == "hegui");
  CHECK(shown.at("imports").at(2).at("file") == "名单.csv");
  CHECK(hegui.shown("/api/customer-lists/holds").at("entries") == 1);
}

TEST_CASE("A table with faults is answered with each of them, and imports nothing") {
  test::Bench bench;
  Visitor hegui(bench, "hegui", "compliance");
  const test::Reply reply = hegui.import(
      "?mode=add", "id_number,from\n11010519491231002X,2026-01-01\n12,2026-01-01\n,x\n");
  CHECK(reply.status == 422);
  CHECK(code_of(reply) == "import_refused");
  const json::value body = json::parse(reply.body).at("error");
  REQUIRE(body.at("faults").as_array().size() >= 1);
  CHECK(body.at("faults").at(0).at("line") == 4);
  CHECK(hegui.shown().at("entries") == 0);
  CHECK(hegui.shown().at("imports").as_array().empty());
}

TEST_CASE("What is not asked for as promised is refused") {
  test::Bench bench;
  Visitor hegui(bench, "hegui", "compliance");
  CHECK(code_of(hegui.import("", table_of(1))) == "bad_parameter");
  CHECK(code_of(hegui.import("?mode=all", table_of(1))) == "bad_parameter");
  CHECK(code_of(hegui.import("?mode=add&x=1", table_of(1))) == "bad_parameter");
  CHECK(code_of(hegui.import("?mode=add&file=a%00b", table_of(1))) == "bad_parameter");
  CHECK(code_of(hegui.import("?mode=add", table_of(1), "application/json")) ==
        "unsupported_media_type");
  Visitor officer(bench, "li.wei", "officer");
  CHECK(officer.import("?mode=add", table_of(1)).status == 403);
  CHECK(officer.client.send("GET", std::string(kPath), officer.session).status == 403);
  CHECK(hegui.shown().at("entries") == 0);
}

TEST_CASE("A large table is taken from somebody who may import it, and from nobody else") {
  test::Bench bench;
  const std::string large = table_of(4000);
  REQUIRE(large.size() > api::kBodyBytes);
  {
    auto stranger = bench.browser();
    const test::Reply reply = stranger.send(
        "POST", std::string(kPath) + "?mode=add",
        {{"X-Huxin", "1"}, {"Content-Type", "text/csv"}, {"Cookie", "huxin_session=none"}}, large);
    CHECK(reply.status == 413);
  }
  // Who has no business with tables cannot have the collector hold them.
  Visitor officer(bench, "li.wei", "officer");
  CHECK(officer.import("?mode=add", large).status == 413);
  Visitor hegui(bench, "hegui", "compliance");
  // More than a thousand purposes: the table is well, the list is not.
  CHECK(code_of(hegui.import("?mode=add", large)) == "too_large");
  std::string many = "id_number,from,until,purpose\n";
  for (int i = 0; i < 4000; ++i)
    many += fmt::format("11010519491231002X,20{:02}-{:02}-{:02},2099-12-{:02},p\n", i % 20,
                        1 + i / 20 % 12, 1 + i / 240 % 28, 1 + i % 28);
  const test::Reply reply = hegui.import("?mode=replace", many);
  CHECK(reply.status == 200);
  CHECK(json::parse(reply.body).at("entries") == 4000);
}

}  // namespace
}  // namespace huxin
