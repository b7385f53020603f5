#include <catch2/catch_test_macros.hpp>

#include "collector/ingest/order_check.hpp"
#include "policy/frame/signed_frame.hpp"
#include "tests/collector/support/answer.hpp"
#include "tests/collector/support/bench.hpp"

namespace huxin {
namespace {

using store::CertificateVerdict;
using store::OrderState;

const test::Headers kProtobuf{{"Content-Type", "application/x-protobuf"}};

struct Fixture {
  test::Bench bench;
  test::Device device, other;
  Time now = bench.clock.now();
  Secret key = std::move(*bench.state.keys->load("bundle.key"));

  Fixture() {
    device.enrol(*bench.state.store, *bench.state.authority, now);
    other.enrol(*bench.state.store, *bench.state.authority, now);
  }
  store::Orders& orders() { return bench.state.store->orders(); }

  struct Sent {
    std::string id;
    order::Order order;
    Bytes bytes;
  };
  /// Drafts, approves and signs a destruction for `device`.
  Sent approved() {
    store::OrderDraft draft;
    draft.kind = store::OrderKind::kDestroy;
    draft.terminal = device.id();
    draft.reason = "保存期满";
    draft.executor = "li.wei";
    draft.method = "overwrite";
    draft.copies = "report";
    draft.targets = {{"/data/客户.csv", ""}, {"/data/b.csv", ""}};
    draft.expires = now + std::chrono::hours(24);
    Sent sent{*orders().draft(draft, now), {}, {}};
    sent.order = {.id = *from_hex(sent.id),
                  .terminal = device.id(),
                  .issued = now,
                  .expires = draft.expires,
                  .reason = draft.reason,
                  .executor = draft.executor,
                  .supervisor = "wang.fang",
                  .what = order::Destroy{.targets = {{"/data/客户.csv", {}}, {"/data/b.csv", {}}}}};
    sent.bytes = *order::sign(sent.order, key);
    REQUIRE(orders().approve(sent.id, "wang.fang", sent.bytes, now));
    return sent;
  }
  record::HeartbeatReply beat(const test::Device& by) {
    const certs::Identity identity = by.identity();
    auto client = bench.agent(&identity);
    const test::Reply reply =
        client.send("POST", "/v1/heartbeat", kProtobuf, record::Heartbeat{}.SerializeAsString());
    REQUIRE(reply.status == 200);
    CHECK(reply.body.size() <= 64 * 1024);
    record::HeartbeatReply heard;
    REQUIRE(heard.ParseFromString(reply.body));
    return heard;
  }
  void answer(test::Device& by, const record::Payload& payload) {
    const certs::Identity identity = by.identity();
    auto client = bench.agent(&identity);
    const record::Batch batch = by.batch({by.append(payload)});
    const test::Reply reply =
        client.send("POST", "/v1/records", kProtobuf, batch.SerializeAsString());
    REQUIRE(reply.status == 200);
  }
  std::uint64_t counted(std::string_view what) {
    bench.collector->tick();
    std::uint64_t sum = 0;
    for (const auto& counter : *bench.state.store->counters())
      if (counter.what == what) sum += counter.count;
    return sum;
  }
};

TEST_CASE("A heartbeat carries the orders of its terminal alone until they are answered") {
  Fixture f;
  const auto sent = f.approved();
  CHECK(f.beat(f.other).orders_size() == 0);
  for (int i = 0; i < 2; ++i) {
    const auto heard = f.beat(f.device);
    REQUIRE(heard.orders_size() == 1);
    CHECK(as_bytes(heard.orders(0)).size() == sent.bytes.size());
    const auto read = order::verify(as_bytes(heard.orders(0)), f.bench.state.bundle_public_key);
    REQUIRE(read);
    CHECK(order::acceptable(*read, f.device.id(), f.now));
    CHECK(read->supervisor == "wang.fang");
    CHECK(heard.next_ms() == 2000);
  }
  CHECK(f.orders().order(sent.id)->value().state == OrderState::kDelivered);
  const std::string file = test::certify(f.device, sent.order, sent.bytes, f.now);
  f.answer(f.device, test::answer_to(sent.order, "done", file, f.now));
  CHECK(f.beat(f.device).orders_size() == 0);
  const auto order = f.orders().order(sent.id)->value();
  CHECK(order.state == OrderState::kDone);
  CHECK(order.certificate == CertificateVerdict::kVerified);
  CHECK(as_text(f.orders().certificate(sent.id)->value()) == file);
  CHECK(f.counted("destruction_verified") == 1);
}

TEST_CASE("Long orders leave room for the reply's other parts and come with a later heartbeat") {
  Fixture f;
  store::OrderDraft draft;
  draft.terminal = f.device.id();
  draft.executor = "li.wei";
  draft.expires = f.now + std::chrono::hours(1);
  for (int i = 0; i < 3; ++i) {
    const std::string id = *f.orders().draft(draft, f.now);
    REQUIRE(f.orders().approve(id, "li.wei", Bytes(30'000, 'x'), f.now));
  }
  CHECK(f.beat(f.device).orders_size() == 2);
}

TEST_CASE("A certificate that does not bear its answer out is kept, refused, and says why") {
  struct Row {
    const char* why;
    std::string_view says;
    std::function<record::Payload(Fixture&, const Fixture::Sent&)> answer;
  };
  const auto with = [](std::function<void(order::Statement&)> spoil) {
    return [spoil](Fixture& f, const Fixture::Sent& sent) {
      return test::answer_to(sent.order, "done",
                             test::certify(f.device, sent.order, sent.bytes, f.now, spoil), f.now);
    };
  };
  const Row rows[] = {
      {"none came", "no certificate",
       [](Fixture& f, const Fixture::Sent& sent) {
         return test::answer_to(sent.order, "done", "", f.now);
       }},
      {"no certificate at all", "destruction certificate",
       [](Fixture& f, const Fixture::Sent& sent) {
         return test::answer_to(sent.order, "done", "{}", f.now);
       }},
      {"one byte of the statement changed", "",
       [](Fixture& f, const Fixture::Sent& sent) {
         std::string file = test::certify(f.device, sent.order, sent.bytes, f.now);
         file[file.find("teller-01")] = 'T';
         return test::answer_to(sent.order, "done", file, f.now);
       }},
      {"another supervisor", "supervisor", with([](auto& it) { it.supervisor = "zhao.min"; })},
      {"another method", "method", with([](auto& it) { it.method = "unlink"; })},
      {"a target less", "", with([](auto& it) { it.items.pop_back(); })},
      {"claims more than it states", "certificate does not",
       with([](auto& it) { it.items.back().fate = order::Fate::kFailed; })},
      {"signed by another terminal of the bank", "",
       [](Fixture& f, const Fixture::Sent& sent) {
         return test::answer_to(sent.order, "done",
                                test::certify(f.other, sent.order, sent.bytes, f.now), f.now);
       }},
      {"a certificate that was never given to the terminal", "does not have",
       [](Fixture& f, const Fixture::Sent& sent) {
         test::Device twin;
         const auto issued =
             f.bench.state.authority->issue_terminal(twin.request(), f.device.id(), f.now);
         twin.adopt(f.device.id(), issued->certificate, issued->chain);
         return test::answer_to(sent.order, "done",
                                test::certify(twin, sent.order, sent.bytes, f.now), f.now);
       }},
      {"an order of the same content that was signed by somebody else", "",
       [](Fixture& f, const Fixture::Sent& sent) {
         const auto forger = *frame::make_signing_key();
         const Bytes forged = *order::sign(sent.order, forger.private_key);
         return test::answer_to(sent.order, "done",
                                test::certify(f.device, sent.order, forged, f.now), f.now);
       }},
      {"an order that was signed here, with the same id, and not sent", "another order",
       [](Fixture& f, const Fixture::Sent& sent) {
         order::Order other = sent.order;
         other.expires += std::chrono::hours(1);
         const Bytes bytes = *order::sign(other, f.key);
         return test::answer_to(sent.order, "done", test::certify(f.device, other, bytes, f.now),
                                f.now);
       }},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    Fixture f;
    const auto sent = f.approved();
    f.beat(f.device);
    f.answer(f.device, row.answer(f, sent));
    const auto order = f.orders().order(sent.id)->value();
    CHECK(order.state == OrderState::kDone);
    CHECK(order.certificate == CertificateVerdict::kRefused);
    CHECK(order.certificate_fault.contains(row.says));
    CHECK(f.counted("destruction_refused") == 1);
    CHECK(f.bench.state.store->verify()->faults.empty());
  }
}

TEST_CASE("An answer that nobody asked for is kept and counted") {
  Fixture f;
  const auto sent = f.approved();
  f.answer(f.other, test::answer_to(sent.order, "done", "", f.now));
  CHECK(f.orders().order(sent.id)->value().state == OrderState::kApproved);
  CHECK(f.counted("order_answer_unexpected") == 1);
  CHECK(f.bench.state.store->verify()->faults.empty());
}

TEST_CASE("A certificate that a crash left unchecked is taken up by the next tick") {
  Fixture f;
  const auto sent = f.approved();
  f.beat(f.device);
  const std::string file = test::certify(f.device, sent.order, sent.bytes, f.now);
  const auto batch =
      f.device.batch({f.device.append(test::answer_to(sent.order, "done", file, f.now))});
  REQUIRE(f.bench.state.store->accept(f.device.id(), f.device.sha256(), batch, f.now));
  CHECK(f.orders().order(sent.id)->value().certificate == CertificateVerdict::kUnchecked);
  f.bench.collector->tick();
  CHECK(f.orders().order(sent.id)->value().certificate == CertificateVerdict::kVerified);
}

}  // namespace
}  // namespace huxin
