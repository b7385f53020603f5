#include <catch2/catch_test_macros.hpp>

#include "certs/base64url.hpp"
#include "certs/seal.hpp"
#include "policy/base/digest.hpp"
#include "tests/collector/support/signed_in.hpp"

namespace huxin {
namespace {

namespace json = boost::json;

/// A key as its owner's browser makes it, but for the passphrase.
struct Key {
  Bytes certificate;
  Secret secret;

  explicit Key(const std::string& name) {
    const ByteView text = as_bytes("correct horse battery");
    const Secret passphrase(Bytes(text.begin(), text.end()));
    const auto made = certs::make_reviewer_key(name, passphrase);
    REQUIRE(made);
    certificate = *certs::certificate_from_pem(made->certificate_pem);
    secret = std::move(*certs::unlock_private_key(made->private_key_pem, passphrase));
  }
  json::value registration() const {
    return {{"certificate", certs::to_base64url(certificate)}, {"locked", "{\"format\":\"x\"}"}};
  }
};

struct Evidence {
  test::Bench bench;
  test::Device device;
  Key officer_key{"li.wei"}, reviewer_key{"wang"};
  std::vector<std::string> incidents;

  Evidence() {
    device.enrol(*bench.state.store, *bench.state.authority, bench.clock.now());
    const auto sealer = certs::Sealer::make({officer_key.certificate}, {reviewer_key.certificate});
    std::vector<record::Record> links;
    for (int number = 1; number <= 3; ++number) {
      record::Payload payload;
      record::Incident& incident = *payload.mutable_incident() = test::sample_incident(number);
      incident.set_evidence(std::string(as_text(*sealer->seal(as_bytes("the values")))));
      if (number == 2) incident.mutable_counts(0)->set_element(72);
      if (number == 3) incident.clear_evidence();
      incidents.push_back(to_hex(as_bytes(incident.id())));
      links.push_back(device.append(payload));
    }
    REQUIRE(bench.state.store->accept(device.id(), device.sha256(), device.batch(std::move(links)),
                                      bench.clock.now()));
  }
  std::string ask_path(std::size_t incident = 0) const {
    return "/incidents/" + incidents.at(incident) + "/reveals";
  }
};

const json::value kReason{{"reason", "核实客户投诉"}};
const json::value kPackage{{"package", certs::to_base64url(as_bytes("for the officer"))}};

TEST_CASE("Evidence goes from request to second reviewer to officer, and the log tells each step") {
  Evidence f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  test::SignedIn reviewer(f.bench, "wang", "reviewer");
  CHECK(officer.refused("POST", f.ask_path(), kReason) == "409 no_key");
  officer.send("POST", "/evidence/keys/own", f.officer_key.registration(), 201);
  reviewer.send("POST", "/evidence/keys/own", f.reviewer_key.registration(), 201);
  CHECK(officer.send("GET", "/evidence/keys").at("keys").as_array().size() == 2);
  officer.send("POST", "/cases",
               {{"incidents", json::array{f.incidents[0]}}, {"title", "名单外传"}}, 201);

  const json::value asked = officer.send("POST", f.ask_path(), kReason, 201);
  const std::string path = "/reveals/" + std::string(asked.at("id").as_string());
  CHECK(asked.at("state") == "requested");
  CHECK(asked.at("requester_key") == json::value(to_hex(sha256(f.officer_key.certificate))));
  CHECK(officer.refused("POST", f.ask_path(), kReason) == "409 reveal_waits");
  CHECK(officer.refused("GET", path + "/package") == "409 reveal_over");
  CHECK(officer.refused("GET", path + "/envelope") == "403 forbidden");

  CHECK(reviewer.send("GET", "/reveals?state=requested").at("total") == 1);
  const json::value given = reviewer.send("GET", path + "/envelope");
  const auto outer = *certs::from_base64url(given.at("envelope").as_string());
  const auto inner = certs::open_envelope(outer, f.reviewer_key.certificate, f.reviewer_key.secret);
  REQUIRE(inner);
  const auto plain =
      certs::open_envelope(inner->view(), f.officer_key.certificate, f.officer_key.secret);
  REQUIRE(plain);
  CHECK(as_text(plain->view()) == "the values");
  CHECK(certs::from_base64url(reviewer.send("GET", path).at("certificate").as_string()) ==
        f.officer_key.certificate);
  const json::value approved = reviewer.send("POST", path + "/approval", kPackage);
  CHECK(approved.at("state") == "approved");
  CHECK(approved.at("reviewer") == "wang");
  CHECK(reviewer.refused("POST", path + "/refusal", kReason) == "409 reveal_over");
  CHECK(reviewer.refused("GET", path + "/package") == "403 forbidden");
  CHECK(officer.send("GET", path + "/package") == kPackage);
  CHECK_FALSE(officer.send("GET", path).at("taken").is_null());

  std::string history;
  for (const json::value& line : officer.send("GET", "/cases/C-000001").at("history").as_array())
    history += std::string(line.at("what").as_string()) + " ";
  CHECK(history == "opened reveal_requested reveal_approved reveal_taken ");
  std::string log;
  REQUIRE(f.bench.state.store->audit().each({}, [&](store::AuditEntry&& entry) {
    log += entry.act.what + "|" + entry.act.result + "|" + entry.act.detail + "\n";
  }));
  INFO(log);
  for (const char* line : {"POST /incidents/{id}/reveals|done|request ", "核实客户投诉",
                           "GET /reveals/{id}/envelope|done|", "POST /reveals/{id}/approval|done|",
                           "GET /reveals/{id}/package|done|"})
    CHECK(log.contains(line));
  CHECK_FALSE(log.contains("the values"));
}

TEST_CASE("Nobody answers a request of their own, and a second reviewer asks for nothing") {
  Evidence f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  officer.send("POST", "/evidence/keys/own", f.officer_key.registration(), 201);
  const std::string path =
      "/reveals/" +
      std::string(officer.send("POST", f.ask_path(), kReason, 201).at("id").as_string());
  // Even when the roles of the account are changed in between.
  test::SignedIn same(f.bench, "li.wei", "officer,reviewer", 1);
  CHECK(same.refused("GET", path + "/envelope") == "403 two_people_needed");
  CHECK(same.refused("POST", path + "/approval", kPackage) == "403 two_people_needed");
  CHECK(same.refused("POST", path + "/refusal", kReason) == "403 two_people_needed");
  CHECK(same.refused("POST", f.ask_path(), kReason) == "403 second_key_only");
  test::SignedIn other(f.bench, "zhao", "officer");
  CHECK(other.refused("GET", path + "/package") == "404 not_found");
  CHECK(other.refused("DELETE", path) == "403 two_people_needed");
  CHECK(officer.send("DELETE", path).at("state") == "withdrawn");
  test::SignedIn reviewer(f.bench, "wang", "reviewer");
  CHECK(reviewer.refused("GET", path + "/envelope") == "409 reveal_over");
  CHECK(reviewer.refused("POST", path + "/approval", kPackage) == "409 reveal_over");
}

TEST_CASE(
    "Confidential evidence is asked for and handed over by anti-money-laundering reviewers only") {
  Evidence f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  officer.send("POST", "/evidence/keys/own", f.officer_key.registration(), 201);
  CHECK(officer.refused("POST", f.ask_path(1), kReason) == "404 not_found");
  test::SignedIn aml(f.bench, "qian", "aml_reviewer");
  aml.send("POST", "/evidence/keys/own", Key("qian").registration(), 201);
  const std::string path =
      "/reveals/" + std::string(aml.send("POST", f.ask_path(1), kReason, 201).at("id").as_string());
  CHECK(aml.refused("POST", f.ask_path(0), kReason) == "404 not_found");
  test::SignedIn reviewer(f.bench, "wang", "reviewer");
  CHECK(reviewer.refused("GET", path) == "404 not_found");
  CHECK(reviewer.refused("GET", path + "/envelope") == "404 not_found");
  CHECK(reviewer.refused("POST", path + "/approval", kPackage) == "404 not_found");
  CHECK(reviewer.refused("POST", path + "/refusal", kReason) == "404 not_found");
  CHECK(reviewer.send("GET", "/reveals").at("total") == 0);
  test::SignedIn second(f.bench, "sun", "reviewer,aml_reviewer");
  CHECK(second.send("GET", path + "/envelope").at("envelope").as_string().size() > 100);
}

TEST_CASE("Why confidential evidence is asked for stays with its reviewers") {
  Evidence f;
  test::SignedIn aml(f.bench, "li.wei", "aml_reviewer");
  aml.send("POST", "/evidence/keys/own", f.officer_key.registration(), 201);
  const json::value asked = aml.send("POST", f.ask_path(1), {{"reason", "核实可疑交易报告"}}, 201);
  const auto log = f.bench.state.store->audit().page({.limit = 500});
  REQUIRE(log);
  bool told = false;
  for (const store::AuditEntry& entry : log->entries) {
    CHECK_FALSE(entry.act.detail.contains("可疑交易"));
    told = told || entry.act.detail.contains(std::string(asked.at("id").as_string()));
  }
  CHECK(told);
}

TEST_CASE("A key is registered by whoever holds it, under their own name") {
  Evidence f;
  test::SignedIn officer(f.bench, "li.wei", "officer");
  test::SignedIn admin(f.bench, "root", "system_admin");
  CHECK(admin.refused("POST", "/evidence/keys/own", f.officer_key.registration()) ==
        "403 forbidden");
  CHECK(officer.refused("POST", "/evidence/keys/own", f.reviewer_key.registration()) ==
        "400 bad_certificate");
  json::value changed = f.officer_key.registration();
  Bytes certificate = f.officer_key.certificate;
  certificate.back() ^= 1U;
  changed.as_object()["certificate"] = certs::to_base64url(certificate);
  CHECK(officer.refused("POST", "/evidence/keys/own", changed) == "400 bad_certificate");
  changed.as_object()["certificate"] = "!!";
  CHECK(officer.refused("POST", "/evidence/keys/own", changed) == "400 bad_json");
  officer.send("POST", "/evidence/keys/own", f.officer_key.registration(), 201);
  CHECK(officer.refused("POST", "/evidence/keys/own", f.officer_key.registration()) ==
        "409 key_exists");
  const json::value own = officer.send("GET", "/evidence/keys/own").at("keys");
  REQUIRE(own.as_array().size() == 1);
  CHECK(own.at(0).at("locked") == "{\"format\":\"x\"}");
  test::SignedIn reviewer(f.bench, "wang", "reviewer");
  CHECK(reviewer.send("GET", "/evidence/keys/own").at("keys").as_array().empty());
  CHECK_FALSE(
      reviewer.send("GET", "/evidence/keys").at("keys").at(0).as_object().contains("locked"));
  CHECK(officer.refused("POST", f.ask_path(2), kReason) == "409 no_evidence");
  CHECK(officer.refused("POST", f.ask_path(0), {{"reason", "x"}}) == "400 bad_json");
}

}  // namespace
}  // namespace huxin
