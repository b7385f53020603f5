#include "certs/destruction/certificate.hpp"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include "policy/frame/signed_frame.hpp"
#include "tests/support/bank.hpp"

namespace huxin::destruction {
namespace {

namespace json = boost::json;
using test::must;

const Time kNow = must(from_rfc3339("2026-03-01T08:30:00Z"));

struct Fixture {
  test::Bank bank{kNow};
  certs::Identity terminal = bank.terminal("T-1", kNow);
  frame::SigningKey key = must(frame::make_signing_key());
  order::Order order{.id = Bytes(16, 1),
                     .terminal = "T-1",
                     .issued = kNow,
                     .expires = kNow + std::chrono::days(7),
                     .reason = "客户撤回同意",
                     .executor = "li.na",
                     .supervisor = "wang.wei",
                     .what = order::Destroy{.targets = {{"/home/teller/客户.xlsx", {}}}}};
  order::Statement statement{.id = std::string(32, 'a'),
                             .order = to_hex(order.id),
                             .terminal = "T-1",
                             .hostname = "柜面-3",
                             .executor = "li.na",
                             .supervisor = "wang.wei",
                             .reason = "客户撤回同意",
                             .method = "overwrite",
                             .started = kNow + std::chrono::minutes(1),
                             .ended = kNow + std::chrono::minutes(2),
                             .items = {{.path = "/home/teller/客户.xlsx",
                                        .bytes = 10,
                                        .digest = std::string(32, 'b'),
                                        .method = "overwrite",
                                        .fate = order::Fate::kDestroyed}},
                             .note = "n"};

  Bytes signed_order() const { return must(order::sign(order, key.private_key)); }
  std::string make() const { return must(destruction::make(statement, signed_order(), terminal)); }
  Errc refused(std::string_view file) const {
    const auto verified = verify(file, bank.root(), key.public_key);
    return verified ? Errc::kInternal : verified.error().code;
  }
};

}  // namespace

TEST_CASE("a destruction certificate verifies by the bank's root and its order key alone") {
  const Fixture f;
  const Verified verified = must(verify(f.make(), f.bank.root(), f.key.public_key));
  CHECK(verified.statement == f.statement);
  CHECK(verified.order.id == f.order.id);
  CHECK(verified.terminal.common_name == "T-1");
  // Years later it still does: the time asked is the destruction's.
  CHECK(f.make().contains("BEGIN CERTIFICATE"));
}

TEST_CASE("a certificate with any one byte changed is refused") {
  const Fixture f;
  std::string file = f.make();
  file.pop_back();  // the line feed at the end says nothing
  for (std::size_t i = 0; i < file.size(); ++i) {
    const char kept = file[i];
    for (const char flip : {'\x01', '\x20'}) {
      file[i] = static_cast<char>(kept ^ flip);
      INFO("byte " << i << ", " << kept << " as " << file[i]);
      REQUIRE_FALSE(verify(file, f.bank.root(), f.key.public_key));
    }
    file[i] = kept;
  }
  CHECK(verify(file, f.bank.root(), f.key.public_key));
}

TEST_CASE("a certificate with any field of its statement changed is refused") {
  const Fixture f;
  const json::value whole = json::parse(f.make());
  const json::object statement = json::parse(whole.at("statement").get_string()).get_object();
  for (const auto& field : statement) {
    INFO(std::string(field.key()));
    json::object changed = statement;
    json::value& value = changed[field.key()];
    if (value.is_string()) {
      value = std::string(value.get_string()) + "x";
    } else if (value.is_array()) {
      value = json::array{json::object{}};
    } else {
      value = 7;
    }
    json::object file = whole.get_object();
    file["statement"] = json::serialize(changed);
    CHECK(f.refused(json::serialize(file)) != Errc::kInternal);
  }
  for (const auto& field : whole.get_object()) {
    INFO(std::string(field.key()));
    json::object file = whole.get_object();
    file[field.key()] = "QUJD";
    CHECK(f.refused(json::serialize(file)) != Errc::kInternal);
    file.erase(field.key());
    CHECK(f.refused(json::serialize(file)) == Errc::kInvalid);
  }
}

TEST_CASE("a certificate under another root or another order key is refused") {
  const Fixture f;
  const Fixture other;
  CHECK(verify(f.make(), other.bank.root(), f.key.public_key).error().code ==
        Errc::kUnauthenticated);
  CHECK(verify(f.make(), f.bank.root(), other.key.public_key).error().code == Errc::kCorrupt);
}

TEST_CASE("a certificate that is signed well and does not answer its order is refused") {
  const auto refused = [](void (*spoil)(Fixture&), const char* why) {
    Fixture f;
    spoil(f);
    const auto verified = verify(f.make(), f.bank.root(), f.key.public_key);
    INFO(why << ": " << (verified ? "verified" : verified.error().context));
    CHECK(!verified);
  };
  refused([](Fixture& f) { f.terminal = f.bank.terminal("T-2", kNow); },
          "another terminal of the bank answers");
  refused([](Fixture& f) { f.statement.executor = "x"; }, "another executor");
  refused([](Fixture& f) { f.statement.supervisor = "x"; }, "another supervisor");
  refused([](Fixture& f) { f.statement.method = "unlink"; }, "another method");
  refused([](Fixture& f) { f.statement.items[0].path = "/x"; }, "another file");
  refused([](Fixture& f) { f.statement.started = f.order.issued - std::chrono::hours(1); },
          "before the order");
  refused([](Fixture& f) { f.statement.ended = f.statement.started - std::chrono::seconds(1); },
          "ended before it started");
  refused(
      [](Fixture& f) {
        f.statement.started = f.order.expires;
        f.statement.ended = f.order.expires;
      },
      "after the order expired");
  refused([](Fixture& f) { f.terminal = f.bank.terminal("T-1", kNow - std::chrono::days(90)); },
          "the terminal's certificate had ended");
  refused(
      [](Fixture& f) {
        auto server = f.bank.server({"collector"}, kNow);
        f.terminal = std::move(server);
      },
      "a server's certificate");
}

TEST_CASE("what is no certificate is told so") {
  const Fixture f;
  for (const char* text : {"", "{}", "[]", "null", "{\"format\":\"huxin-destruction-1\"}", "\xff"})
    CHECK(f.refused(text) == Errc::kInvalid);
  CHECK(f.refused(std::string(kLargestCertificate + 1, ' ')) == Errc::kTooLarge);
}

}  // namespace huxin::destruction
