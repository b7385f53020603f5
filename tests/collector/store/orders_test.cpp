#include <catch2/catch_test_macros.hpp>

#include "certs/sealed_database.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

using std::chrono::hours;
using store::OrderState;

const Bytes kSigned{'s', 'i', 'g', 'n', 'e', 'd'};

struct Fixture {
  test::TempDir folder;
  Time now = SystemClock().now();
  std::unique_ptr<certs::Authority> authority;
  std::unique_ptr<store::Store> store;
  test::Device device, other;

  Fixture() {
    REQUIRE(certs::Authority::create(folder / "authority", "Bank", now));
    authority = *certs::Authority::open(folder / "authority");
    store = *store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7)));
    device.enrol(*store, *authority, now);
    other.enrol(*store, *authority, now, "淮海路支行");
  }
  store::Orders& orders() { return store->orders(); }
  store::OrderDraft destruction() const {
    store::OrderDraft draft;
    draft.kind = store::OrderKind::kDestroy;
    draft.terminal = device.id();
    draft.reason = "采集目的已达成";
    draft.executor = "li.wei";
    draft.method = "overwrite";
    draft.copies = "report";
    draft.targets = {{"/data/list.csv", ""}, {"", std::string(32, 'a')}};
    draft.expires = now + hours(24);
    return draft;
  }
  store::OrderDraft release() const {
    store::OrderDraft draft = destruction();
    draft.kind = store::OrderKind::kRelease;
    draft.incident = std::string(32, 'a');
    draft.method.clear();
    draft.targets.clear();
    return draft;
  }
  std::string drafted(const store::OrderDraft& draft) { return *orders().draft(draft, now); }
  std::string approved(const store::OrderDraft& draft) {
    const std::string id = drafted(draft);
    REQUIRE(orders().approve(id, "wang.fang", kSigned, now));
    return id;
  }
  OrderState state_of(const std::string& id) { return orders().order(id)->value().state; }
  std::size_t taken(const test::Device& by, Time at) {
    return orders().take(by.id(), 60'000, at)->orders.size();
  }
  store::Accepted answer(test::Device& by, const std::string& id, const std::string& outcome,
                         const std::string& kind = "destroy", const std::string& certificate = "c",
                         const std::string& refusal = {}) {
    record::Payload payload;
    auto& result = *payload.mutable_order_result();
    const Bytes raw = from_hex(id).value_or(Bytes{1, 2, 3});
    result.set_order(std::string(as_text(raw)));
    result.set_kind(kind);
    result.set_outcome(outcome);
    result.set_certificate(certificate);
    result.set_refusal(refusal);
    result.set_time_ms(now.time_since_epoch().count());
    const auto accepted = store->accept(by.id(), by.sha256(), by.batch({by.append(payload)}), now);
    REQUIRE(accepted);
    return *accepted;
  }
  std::string story(const std::string& id) {
    std::string told;
    for (const auto& event : *orders().history(id)) told += event.actor + ' ' + event.what + '\n';
    return told;
  }
};

TEST_CASE(
    "A destruction is drafted, approved, delivered, answered and judged, and all of it is kept") {
  Fixture f;
  const std::string id = f.drafted(f.destruction());
  CHECK(f.taken(f.device, f.now) == 0);
  REQUIRE(f.orders().approve(id, "wang.fang", kSigned, f.now));
  CHECK(f.state_of(id) == OrderState::kApproved);
  CHECK(f.taken(f.other, f.now) == 0);
  const auto sent = f.orders().take(f.device.id(), 60'000, f.now);
  REQUIRE(sent->orders.size() == 1);
  CHECK(sent->orders.front() == kSigned);
  CHECK(sent->expected);
  CHECK(f.state_of(id) == OrderState::kDelivered);
  CHECK(f.taken(f.device, f.now) == 1);  // again, until it is answered

  CHECK(f.answer(f.device, id, "done").answers == 1);
  CHECK(f.taken(f.device, f.now) == 0);
  auto order = f.orders().order(id)->value();
  CHECK(order.state == OrderState::kDone);
  CHECK(order.certificate == store::CertificateVerdict::kUnchecked);
  CHECK(order.targets == f.destruction().targets);
  CHECK(order.signed_bytes == kSigned);
  const auto unchecked = *f.orders().unchecked();
  REQUIRE(unchecked.size() == 1);
  CHECK(unchecked.front().certificate == Bytes{'c'});
  CHECK(unchecked.front().signed_order == kSigned);
  REQUIRE(f.orders().judge(unchecked.front(), store::CertificateVerdict::kRefused, "bad", f.now));
  CHECK(f.orders().unchecked()->empty());
  order = f.orders().order(id)->value();
  CHECK(order.certificate == store::CertificateVerdict::kRefused);
  CHECK(order.certificate_fault == "bad");
  CHECK(f.orders().certificate(id)->value() == Bytes{'c'});
  CHECK(f.story(id) == "li.wei drafted\nwang.fang approved\n" + f.device.id() + " delivered\n" +
                           f.device.id() + " done\ncollector certificate_refused\n");
  CHECK(f.store->verify()->faults.empty());
}

TEST_CASE("Why an order was refused is kept by its code, whatever the outcome's words are") {
  struct Row {
    const char *said, *outcome;
    order::Refusal refusal;
    const char* why;
  };
  for (const Row& row : {
           Row{"term", "refused: 自 2036 年起", order::Refusal::kTerm, "a term"},
           Row{"hold", "partial: 1/2", order::Refusal::kHold, "of one target"},
           Row{"", "refused: retention hold", order::Refusal::kNone, "an older agent's answer"},
           Row{"blue moon", "refused: ", order::Refusal::kNone,
               "a newer one's, or a hostile one's"},
       }) {
    INFO(row.why);
    Fixture f;
    const std::string id = f.approved(f.destruction());
    (void)f.orders().take(f.device.id(), 60'000, f.now);
    CHECK(f.orders().order(id)->value().refusal == order::Refusal::kNone);
    f.answer(f.device, id, row.outcome, "destroy", "", row.said);
    CHECK(f.orders().order(id)->value().refusal == row.refusal);
    CHECK(f.store->verify()->faults.empty());
  }
}

TEST_CASE("A destruction takes two people, a release one") {
  Fixture f;
  const std::string destruction = f.drafted(f.destruction());
  CHECK(f.orders().approve(destruction, "li.wei", kSigned, f.now).error().code == Errc::kDenied);
  CHECK(f.state_of(destruction) == OrderState::kDrafted);
  CHECK(f.orders().approve(f.drafted(f.release()), "li.wei", kSigned, f.now));
}

TEST_CASE("What cannot be approved or cancelled any more says why, and changes nothing") {
  Fixture f;
  const auto code = [](const Status& status) {
    return status ? Errc::kInternal : status.error().code;
  };
  const std::string id = f.approved(f.destruction());
  CHECK(code(f.orders().approve(id, "zhao.min", Bytes{9}, f.now)) == Errc::kDenied);
  CHECK(f.orders().order(id)->value().signed_bytes == kSigned);
  REQUIRE(f.taken(f.device, f.now) == 1);
  CHECK(code(f.orders().cancel(id, "li.wei", "too late", f.now)) == Errc::kDenied);
  CHECK(code(f.orders().approve("none", "wang.fang", kSigned, f.now)) == Errc::kNotFound);
  CHECK(code(f.orders().cancel("none", "wang.fang", "", f.now)) == Errc::kNotFound);
  const std::string old = f.drafted(f.destruction());
  CHECK(code(f.orders().approve(old, "wang.fang", kSigned, f.now + hours(24))) == Errc::kDenied);
  store::OrderDraft lost = f.destruction();
  lost.terminal = "T-999999";
  CHECK(f.orders().draft(lost, f.now).error().code == Errc::kNotFound);
  lost = f.destruction();
  lost.targets.resize(store::Orders::kMostTargets + 1);
  CHECK(f.orders().draft(lost, f.now).error().code == Errc::kTooLarge);
}

TEST_CASE("What a terminal has is stopped by an order of its own, sent in the place of the first") {
  Fixture f;
  const Bytes stop{'s', 't', 'o', 'p'};
  const std::string stop_id(32, 'b');
  const auto ask = [&](const std::string& id, Time now) {
    return f.orders().ask_to_cancel(id, {.id = stop_id, .who = "zhao.min", .reason = "路径写错"},
                                    stop, now);
  };
  const std::string id = f.approved(f.destruction());
  CHECK(ask(id, f.now).error().code == Errc::kDenied);  // not delivered: it is simply cancelled
  REQUIRE(f.taken(f.device, f.now) == 1);
  CHECK(ask(id, f.now + hours(24)).error().code == Errc::kDenied);
  REQUIRE(ask(id, f.now));
  CHECK(ask(id, f.now).error().context.contains("zhao.min"));
  const std::string second = f.approved(f.destruction());
  const auto sent = f.orders().take(f.device.id(), 60'000, f.now);
  REQUIRE(sent->orders.size() == 2);
  CHECK(sent->orders[0] == stop);  // before all others
  CHECK(sent->orders[1] == kSigned);
  CHECK(f.state_of(id) == OrderState::kDelivered);

  CHECK(f.answer(f.other, stop_id, "done", "cancel").stray_answers == 1);  // not its order
  CHECK(f.answer(f.device, stop_id, "done", "destroy").stray_answers == 1);
  CHECK(f.state_of(id) == OrderState::kDelivered);
  CHECK(f.answer(f.device, stop_id, "done", "cancel").answers == 1);
  CHECK(f.state_of(id) == OrderState::kCancelled);
  CHECK(f.orders().order(id)->value().cancellation->outcome == "done");
  CHECK(f.taken(f.device, f.now) == 1);  // the second one alone
  f.answer(f.device, stop_id, "done", "cancel");
  CHECK(f.orders().history(id)->back().what == "answered_again");
  CHECK(f.orders().unchecked()->empty());
  CHECK(f.store->verify()->faults.empty());
}

TEST_CASE("A terminal that was told too late says so, and its answer to the order stands") {
  Fixture f;
  const std::string id = f.approved(f.destruction());
  REQUIRE(f.taken(f.device, f.now) == 1);
  REQUIRE(f.orders().ask_to_cancel(id, {.id = std::string(32, 'b'), .who = "li.wei"}, Bytes{'s'},
                                   f.now));
  f.answer(f.device, std::string(32, 'b'), "refused: too late", "cancel");
  CHECK(f.state_of(id) == OrderState::kDelivered);
  CHECK(f.taken(f.device, f.now) == 0);  // it has both
  CHECK(f.answer(f.device, id, "done").answers == 1);
  CHECK(f.state_of(id) == OrderState::kDone);
  CHECK(f.story(id).contains("li.wei cancel_asked\n"));
  CHECK(f.story(id).contains(" cancel_late\n"));
}

TEST_CASE("What was cancelled, or has expired, is never delivered") {
  Fixture f;
  const std::string cancelled = f.approved(f.destruction());
  REQUIRE(f.orders().cancel(cancelled, "zhao.min", "typed wrongly", f.now));
  const std::string expired = f.approved(f.destruction());
  const Time later = f.now + hours(24);
  CHECK(f.taken(f.device, later) == 0);
  CHECK(f.orders().expire(later - hours(1)) == 0);
  CHECK(f.orders().expire(later) == 1);
  CHECK(f.state_of(expired) == OrderState::kExpired);
  CHECK(f.state_of(cancelled) == OrderState::kCancelled);
  CHECK(f.taken(f.device, f.now) == 0);
  CHECK(f.orders().history(expired)->back().note == "approved");
}

TEST_CASE(
    "A terminal that carried an order out in time may say so late; other answers change nothing") {
  Fixture f;
  const std::string id = f.approved(f.destruction());
  REQUIRE(f.taken(f.device, f.now) == 1);
  REQUIRE(f.orders().expire(f.now + hours(24)) == 1);
  CHECK(f.answer(f.device, id, "partial: one was open").answers == 1);
  CHECK(f.state_of(id) == OrderState::kPartial);
  CHECK(f.answer(f.device, id, "done").stray_answers == 1);
  CHECK(f.state_of(id) == OrderState::kPartial);

  const std::string second = f.approved(f.destruction());
  struct Row {
    test::Device& by;
    std::string id, kind, why;
  };
  for (const Row& row : {Row{f.other, second, "destroy", "another terminal's"},
                         Row{f.device, second, "release", "of another kind"},
                         Row{f.device, std::string(32, '0'), "destroy", "no such order"},
                         Row{f.device, "no id", "destroy", "no id at all"}}) {
    INFO(row.why);
    CHECK(f.answer(row.by, row.id, "done", row.kind).stray_answers == 1);
    CHECK(f.state_of(second) == OrderState::kApproved);
  }
  CHECK(f.store->verify()->faults.empty());
}

TEST_CASE("An answer's first word decides what became of an order") {
  using enum OrderState;
  struct Row {
    const char* outcome;
    OrderState state;
    const char* why;
  };
  for (const Row& row :
       {Row{"done", kDone, "the word"}, Row{"partial: 1 of 2", kPartial, "with more"},
        Row{"refused: hold", kRefused, "a hold"}, Row{"failed: io", kFailed, "a failure"},
        Row{"donerly", kFailed, "another word"}, Row{"", kFailed, "nothing"}}) {
    INFO(row.why);
    CHECK(store::state_after(row.outcome) == row.state);
  }
}

TEST_CASE("An answer to a draft that was never sent is kept, and leaves the draft as it is") {
  Fixture f;
  const std::string open = f.drafted(f.destruction());
  const std::string expired = f.drafted(f.destruction());
  const std::string cancelled = f.drafted(f.destruction());
  REQUIRE(f.orders().cancel(cancelled, "li.wei", "不再需要", f.now));
  CHECK(f.answer(f.device, open, "done").answers == 0);
  CHECK(f.state_of(open) == OrderState::kDrafted);
  CHECK(*f.orders().expire(f.now + hours(25)) == 2);
  CHECK(f.answer(f.device, expired, "done").answers == 0);
  CHECK(f.answer(f.device, cancelled, "done").answers == 0);
  CHECK(f.state_of(expired) == OrderState::kExpired);
  CHECK(f.state_of(cancelled) == OrderState::kCancelled);
  CHECK(f.store->verify()->faults.empty());
}

TEST_CASE(
    "An answer too long for the list is cut before a character, and is verified all the same") {
  Fixture f;
  const std::string id = f.approved(f.destruction());
  std::string outcome = "partial: ";
  for (int i = 0; i < 400; ++i) outcome += "客";
  CHECK(f.answer(f.device, id, outcome).answers == 1);
  const std::string kept = f.orders().order(id)->value().outcome;
  CHECK(kept.size() == 999);  // 9 bytes and 330 characters
  CHECK(kept == outcome.substr(0, 999));
  CHECK(f.store->verify()->faults.empty());
}

TEST_CASE(
    "A refusal asks for no certificate; a destruction without one is looked at all the same") {
  Fixture f;
  const std::string refused = f.approved(f.destruction());
  f.answer(f.device, refused, "refused: hold", "destroy", "");
  CHECK(f.orders().order(refused)->value().certificate == store::CertificateVerdict::kNone);
  CHECK_FALSE(f.orders().certificate(refused)->has_value());
  const std::string done = f.approved(f.destruction());
  f.answer(f.device, done, "done", "destroy", "");
  CHECK(f.orders().order(done)->value().certificate == store::CertificateVerdict::kUnchecked);
}

TEST_CASE("A heartbeat takes at most twenty orders, and what fits its reply, oldest first") {
  Fixture f;
  for (int i = 0; i < 25; ++i) {
    const std::string id = f.drafted(f.destruction());
    REQUIRE(f.orders().approve(id, "wang.fang", Bytes(100, static_cast<std::uint8_t>(i)),
                               f.now + std::chrono::seconds(i)));
  }
  const auto all = f.orders().take(f.device.id(), 60'000, f.now);
  REQUIRE(all->orders.size() == 20);
  CHECK(all->orders.front().front() == 0);
  CHECK(all->orders.back().front() == 19);
  CHECK(f.orders().take(f.device.id(), 250, f.now)->orders.size() == 2);
}

TEST_CASE("A terminal is to ask again soon while an order to it is under way, but not for days") {
  Fixture f;
  CHECK_FALSE(f.orders().take(f.device.id(), 60'000, f.now)->expected);
  const std::string id = f.drafted(f.destruction());
  CHECK(f.orders().take(f.device.id(), 60'000, f.now)->expected);
  CHECK_FALSE(f.orders().take(f.other.id(), 60'000, f.now)->expected);
  CHECK_FALSE(f.orders().take(f.device.id(), 60'000, f.now + hours(1))->expected);
}

TEST_CASE("The list is filtered and paged, and hides what is about anti-money-laundering") {
  Fixture f;
  f.drafted(f.destruction());
  f.approved(f.release());
  store::OrderDraft hidden = f.destruction();
  hidden.terminal = f.other.id();
  hidden.confidential = true;
  hidden.targets = {{"/data/STR_100%.csv", ""}};
  f.drafted(hidden);
  const auto total = [&](auto set) {
    store::OrderFilter filter;
    filter.audience.general = true;
    set(filter);
    return f.orders().list(filter)->total;
  };
  using Filter = store::OrderFilter;
  CHECK(total([](Filter&) {}) == 2);
  CHECK(total([](Filter& it) { it.audience.confidential = true; }) == 3);
  CHECK(total([](Filter& it) { it.state = OrderState::kApproved; }) == 1);
  CHECK(total([](Filter& it) { it.kind = store::OrderKind::kDestroy; }) == 1);
  CHECK(total([&](Filter& it) { it.terminal = f.other.id(); }) == 0);
  CHECK(total([](Filter& it) { it.branch = "南京路支行"; }) == 2);
  CHECK(total([](Filter& it) { it.incident = std::string(32, 'a'); }) == 2);
  CHECK(total([](Filter& it) { it.text = "list.csv"; }) == 1);
  CHECK(total([](Filter& it) { it.text = "采集目的"; }) == 2);
  CHECK(total([](Filter& it) { it.text = "%"; }) == 0);
  CHECK(total([](Filter& it) { it.audience.confidential = true, it.text = "100%"; }) == 1);
  CHECK(total([](Filter& it) { it.text = "' OR 1=1 --"; }) == 0);
  CHECK(total([](Filter& it) { it.audience = {false, true}; }) == 1);
  CHECK(total([](Filter& it) { it.audience = {}; }) == 0);
  store::OrderFilter page;
  page.audience = store::Audience::everybody();
  page.limit = 1;
  page.offset = 1;
  CHECK(f.orders().list(page)->orders.size() == 1);
}

TEST_CASE(
    "The database itself refuses to rewrite an order, its history, or a one-person destruction") {
  Fixture f;
  const std::string id = f.approved(f.destruction());
  auto db = certs::SealedDatabase::open(f.folder / "collector.db", Secret(Bytes(32, 7)));
  REQUIRE(db);
  for (const char* sql :
       {"UPDATE orders SET signed = x'00'", "UPDATE orders SET supervisor = 'li.wei'",
        "UPDATE orders SET reason = 'another'", "UPDATE orders SET executor = 'nobody'",
        "DELETE FROM orders", "UPDATE order_targets SET path = '/etc/passwd'",
        "DELETE FROM order_targets", "UPDATE order_history SET actor = 'nobody'",
        "DELETE FROM order_history"}) {
    INFO(sql);
    CHECK_FALSE(db->execute(sql));
  }
  const auto insert = [&](const std::string& one, const std::string& supervisor) {
    return db->execute(
        "INSERT INTO orders (id, kind, terminal, incident, confidential, reason, executor, "
        "supervisor, "
        "method, copies, destination, state, drafted, expires, signed) VALUES ('" +
        one + "', 'destroy', 'T-000001', '', 0, '', 'li.wei', '" + supervisor +
        "', 'unlink', '', '', 'approved', 0, 0, x'00')");
  };
  CHECK_FALSE(insert("x", "li.wei"));
  CHECK(insert("y", "wang.fang"));
}

TEST_CASE("A listed answer that differs from its record is found by verify") {
  Fixture f;
  const std::string id = f.approved(f.destruction());
  f.answer(f.device, id, "refused: hold");
  REQUIRE(f.store->verify()->faults.empty());
  auto db = certs::SealedDatabase::open(f.folder / "collector.db", Secret(Bytes(32, 7)));
  REQUIRE(db->execute("UPDATE order_results SET outcome = 'done'"));
  REQUIRE(f.store->verify()->faults.size() == 1);
  CHECK(f.store->verify()->faults.front().what.contains("answer to an order"));
}

}  // namespace
}  // namespace huxin
