#include "policy/order/order.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/frame/signed_frame.hpp"

namespace huxin::order {
namespace {

const Time kNow = from_rfc3339("2026-03-01T08:30:00Z").value();

Order destruction() {
  return {.id = Bytes(16, 1),
          .terminal = "T-1",
          .issued = kNow,
          .expires = kNow + std::chrono::days(7),
          .reason = "客户撤回同意",
          .executor = "li.na",
          .supervisor = "wang.wei",
          .what = Destroy{
              .targets = {{"/home/teller/客户.xlsx", {}}, {"/home/teller/旧.csv", Bytes(16, 2)}},
              .method = Method::kOverwrite,
              .copies = Copies::kDestroy}};
}

Order release() {
  Order order = destruction();
  order.supervisor = "";
  order.what = Release{.incident = Bytes(16, 3), .to = "/home/teller/back.xlsx"};
  return order;
}

const frame::SigningKey& bank_key() {
  static const frame::SigningKey key = frame::make_signing_key().value();
  return key;
}

}  // namespace

TEST_CASE("an order comes back as it was signed") {
  const Order back =
      verify(sign(destruction(), bank_key().private_key).value(), bank_key().public_key).value();
  CHECK(back.id == Bytes(16, 1));
  CHECK(back.terminal == "T-1");
  CHECK(back.issued == kNow);
  CHECK(back.expires == kNow + std::chrono::days(7));
  CHECK(back.reason == "客户撤回同意");
  CHECK(back.executor == "li.na");
  CHECK(back.supervisor == "wang.wei");
  CHECK(back.kind() == "destroy");
  CHECK(std::get<Destroy>(back.what).targets == std::get<Destroy>(destruction().what).targets);
  CHECK(std::get<Destroy>(back.what).method == Method::kOverwrite);
  CHECK(std::get<Destroy>(back.what).copies == Copies::kDestroy);

  const Order given =
      verify(sign(release(), bank_key().private_key).value(), bank_key().public_key).value();
  CHECK(given.kind() == "release");
  CHECK(std::get<Release>(given.what).incident == Bytes(16, 3));
  CHECK(std::get<Release>(given.what).to == "/home/teller/back.xlsx");
}

TEST_CASE("a cancel reads back, takes one person, and names one other order") {
  Order cancel = destruction();
  cancel.supervisor.clear();
  cancel.what = Cancel{Bytes(16, 5)};
  const Order back =
      verify(sign(cancel, bank_key().private_key).value(), bank_key().public_key).value();
  CHECK(back.kind() == "cancel");
  CHECK(std::get<Cancel>(back.what).order == Bytes(16, 5));
  cancel.what = Cancel{Bytes(15, 5)};
  CHECK(sign(cancel, bank_key().private_key).error().context.contains("15 bytes"));
}

TEST_CASE("an order with any one bit changed, cut short or drawn out is refused") {
  Bytes framed = sign(destruction(), bank_key().private_key).value();
  for (std::size_t i = 0; i < framed.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      framed[i] ^= static_cast<std::uint8_t>(1U << bit);
      REQUIRE(verify(framed, bank_key().public_key).error().code == Errc::kCorrupt);
      framed[i] ^= static_cast<std::uint8_t>(1U << bit);
    }
  }
  for (std::size_t size = 0; size < framed.size(); ++size)
    REQUIRE_FALSE(verify(ByteView(framed).first(size), bank_key().public_key));
  framed.push_back(0);
  CHECK(verify(framed, bank_key().public_key).error().code == Errc::kCorrupt);
}

TEST_CASE("what was signed as something else, or by somebody else, is no order") {
  const frame::SigningKey other = frame::make_signing_key().value();
  CHECK(
      verify(sign(destruction(), other.private_key).value(), bank_key().public_key).error().code ==
      Errc::kCorrupt);
  const frame::Kind bundle{.name = "bundle",
                           .magic = "HUXORDR1",  // the magic alone does not make an order
                           .domain = std::string_view("huxin-bundle-1\0", 15),
                           .largest = kLargestOrder};
  const Bytes contents = sign(destruction(), bank_key().private_key).value();
  const Bytes framed =
      frame::sign(bundle, ByteView(contents).subspan(72), bank_key().private_key).value();
  CHECK(verify(framed, bank_key().public_key).error().code == Errc::kCorrupt);
}

TEST_CASE("an order that is none is neither signed nor taken, and the field is named") {
  struct Row {
    const char* reason;
    void (*spoil)(Order&);
    const char* named;
  };
  const Row rows[] = {
      {"an id of another length", [](Order& o) { o.id.pop_back(); }, "id"},
      {"no terminal", [](Order& o) { o.terminal.clear(); }, "terminal"},
      {"nobody asked", [](Order& o) { o.executor.clear(); }, "executor"},
      {"a destruction takes two people", [](Order& o) { o.supervisor.clear(); }, "supervisor"},
      {"one person twice", [](Order& o) { o.supervisor = o.executor; }, "one person"},
      {"no reason", [](Order& o) { o.reason.clear(); }, "reason"},
      {"a reason too long", [](Order& o) { o.reason.assign(2001, 'x'); }, "reason"},
      {"text that is not UTF-8", [](Order& o) { o.reason = "\xff"; }, "UTF-8"},
      {"over before it began", [](Order& o) { o.expires = o.issued; }, "expires"},
      {"valid for ever", [](Order& o) { o.expires = o.issued + std::chrono::days(91); }, "90 days"},
      {"beyond the calendar",
       [](Order& o) {
         o.issued = Time(std::chrono::milliseconds(std::int64_t{1} << 62U));
         o.expires = o.issued + std::chrono::days(1);
       },
       "issued"},
      {"nothing to destroy", [](Order& o) { o.what = Destroy{}; }, "targets"},
      {"too many targets", [](Order& o) { o.what = Destroy{.targets = std::vector<Target>(101)}; },
       "101 targets"},
      {"a relative path", [](Order& o) { o.what = Destroy{.targets = {{"a", {}}}}; }, "path"},
      {"a way round", [](Order& o) { o.what = Destroy{.targets = {{"/a/../b", {}}}}; }, "path"},
      {"a folder", [](Order& o) { o.what = Destroy{.targets = {{"/a/", {}}}}; }, "path"},
      {"a zero byte",
       [](Order& o) { o.what = Destroy{.targets = {{std::string("/a\0b", 4), {}}}}; }, "zero"},
      {"the same twice", [](Order& o) { o.what = Destroy{.targets = {{"/a", {}}, {"/a", {}}}}; },
       "twice"},
      {"an incident of another length",
       [](Order& o) { o.what = Destroy{.targets = {{"/a", Bytes(15, 1)}}}; }, "incident"},
      {"a release of nothing", [](Order& o) { o.what = Release{}; }, "incident"},
      {"a release to somewhere relative",
       [](Order& o) { o.what = Release{.incident = Bytes(16, 1), .to = "x"}; }, "to"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    Order order = destruction();
    row.spoil(order);
    const auto made = sign(order, bank_key().private_key);
    REQUIRE_FALSE(made);
    CHECK((made.error().code == Errc::kInvalid || made.error().code == Errc::kTooLarge));
    CHECK(made.error().context.contains(row.named));
  }
}

TEST_CASE("signed contents that are malformed or say nothing are refused") {
  const frame::Kind kind{.name = "order",
                         .magic = "HUXORDR1",
                         .domain = std::string_view("huxin-order-1\0", 14),
                         .largest = kLargestOrder};
  const auto verified = [&](std::string_view contents) {
    return verify(frame::sign(kind, as_bytes(contents), bank_key().private_key).value(),
                  bank_key().public_key)
        .error()
        .code;
  };
  CHECK(verified("\xff\xff") == Errc::kCorrupt);
  CHECK(verified("") == Errc::kInvalid);
  // Destroy{method: "burn"}
  CHECK(verified("\x4a\x06\x12\x04"
                 "burn") == Errc::kInvalid);
}

TEST_CASE("limits of an order hold on both sides") {
  Order order = destruction();
  auto& targets = std::get<Destroy>(order.what).targets;
  targets.clear();
  for (int i = 0; i < 13; ++i)
    targets.push_back({"/" + std::to_string(i) + std::string(4000, 'x'), {}});
  CHECK(sign(order, bank_key().private_key).error().code == Errc::kTooLarge);
  CHECK(verify(Bytes(kLargestOrder + 1), bank_key().public_key).error().code == Errc::kTooLarge);
}

TEST_CASE("an order is for one terminal and one time") {
  const Order order = destruction();
  CHECK(acceptable(order, "T-1", kNow));
  CHECK(acceptable(order, "T-2", kNow).error().context.contains("another terminal"));
  CHECK(acceptable(order, "T-1", kNow - kClockSkew));
  CHECK(acceptable(order, "T-1", kNow - kClockSkew - std::chrono::milliseconds(1)).error().code ==
        Errc::kDenied);
  CHECK(acceptable(order, "T-1", order.expires - std::chrono::milliseconds(1)));
  CHECK(acceptable(order, "T-1", order.expires).error().context.contains("expired"));
}

}  // namespace huxin::order
