#include "collector/api/order_routes.hpp"

#include "certs/destruction/certificate.hpp"
#include "collector/api/body.hpp"
#include "collector/api/error.hpp"
#include "collector/api/json.hpp"
#include "collector/api/order_draft.hpp"
#include "collector/api/order_json.hpp"
#include "collector/api/query.hpp"
#include "policy/base/digest.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kIdSize = 32;
constexpr std::size_t kShortestReason = 4;
constexpr std::size_t kLongestReason = 500;
constexpr std::size_t kLongestPassword = 128;
constexpr std::size_t kLongestCode = 16;
constexpr std::uint64_t kLargestOffset = 1'000'000'000;
constexpr std::uint64_t kLargestPage = 500;
constexpr store::Roles kSupervisors{store::Role::kOfficer, store::Role::kReviewer};

/// What the certificate of an order states, if it can be read.
std::optional<order::Statement> statement_in(const std::optional<Bytes>& file) {
  if (!file) return std::nullopt;
  const auto certificate = destruction::parse(as_text(*file));
  if (!certificate) return std::nullopt;
  auto statement = order::statement_from(certificate->statement);
  if (!statement) return std::nullopt;
  return std::move(*statement);
}

bool sees(const Call& call, const store::Order& order) {
  return store::Audience::of(call.user.roles).sees(order.confidential);
}

/// Tells the audit log what the path does not.
void note(const Call& call, const store::OrderDraft& draft, std::string_view id) {
  call.note(fmt::format("{} {} {}, executor {}", to_string(draft.kind), id, draft.terminal,
                        draft.executor));
}

/// A store's refusal of a change: somebody was faster, or time passed.
http::Response refused_by(const Error& why) {
  if (why.code == Errc::kNotFound) return error("not_found");
  if (why.code == Errc::kDenied) return error("order_state", why.context);
  return store_trouble(why);
}

}  // namespace

std::vector<Route> OrderRoutes::routes() {
  using enum store::Role;
  const Access readers = Access::only({kOfficer, kReviewer, kAmlReviewer});
  const Access supervisors{Access::Kind::kRoles, kSupervisors};
  return {
      {"GET", "/orders", readers, [this](const Call& call) { return list(call); }},
      {"POST", "/orders", Access::only({kOfficer}),
       [this](const Call& call) { return draft(call); }},
      {"GET", "/orders/{id}", readers, [this](const Call& call) { return get(call); }},
      {"POST", "/orders/{id}/approve", supervisors,
       [this](const Call& call) { return approve(call); }},
      {"POST", "/orders/{id}/cancel", supervisors,
       [this](const Call& call) { return cancel(call); }},
      {"GET", "/orders/{id}/certificate", readers,
       [this](const Call& call) { return certificate(call); }, Audited::kAlways},
  };
}

Result<std::optional<store::Order>> OrderRoutes::find(const Call& call) {
  const std::string& id = call.parameter();
  if (id.size() != kIdSize) return std::nullopt;
  auto found = desk_.store.orders().order(id);
  if (found && *found && !sees(call, **found)) return std::nullopt;
  return found;
}

http::Response OrderRoutes::list(const Call& call) {
  Query query(call.request);
  store::OrderFilter filter;
  filter.state = query.value("state", store::order_state_from);
  filter.kind = query.value("kind", store::order_kind_from);
  filter.terminal = query.text("terminal");
  filter.branch = query.text("branch");
  filter.incident = query.text("incident");
  filter.text = query.text("text");
  filter.offset = query.number("offset", 0, 0, kLargestOffset);
  filter.limit = query.number("limit", 50, 1, kLargestPage);
  if (auto fault = query.fault()) return std::move(*fault);
  filter.audience = store::Audience::of(call.user.roles);
  const auto page = desk_.store.orders().list(filter);
  if (!page) return store_trouble(page.error());
  boost::json::array orders;
  for (const store::Order& order : page->orders) orders.push_back(to_json(order));
  return json_response(200, {{"total", page->total}, {"orders", std::move(orders)}});
}

http::Response OrderRoutes::shown(const Call& call, const std::string& id, unsigned status) {
  const auto order = desk_.store.orders().order(id);
  if (!order) return store_trouble(order.error());
  if (!*order || !sees(call, **order)) return error("not_found");
  const auto history = desk_.store.orders().history(id);
  if (!history) return store_trouble(history.error());
  const auto certificate = desk_.store.orders().certificate(id);
  if (!certificate) return store_trouble(certificate.error());
  const auto statement = statement_in(*certificate);
  return json_response(status,
                       to_json_in_detail(**order, *history, statement ? &*statement : nullptr));
}

http::Response OrderRoutes::get(const Call& call) {
  if (call.parameter().size() != kIdSize) return error("bad_parameter", "id");
  return shown(call, call.parameter(), 200);
}

http::Response OrderRoutes::draft(const Call& call) {
  auto draft = read_draft(desk_, call);
  if (!draft) return std::move(draft.error());
  const auto id = desk_.store.orders().draft(*draft, desk_.clock.now());
  if (!id) return refused_by(id.error());
  note(call, *draft, *id);
  return shown(call, *id, 201);
}

std::optional<http::Response> OrderRoutes::bar(const store::Order& order, const Call& call) {
  if (order.state != store::OrderState::kDrafted || order.expires <= desk_.clock.now())
    return error("order_state", to_string(order.state));
  if (order.kind == store::OrderKind::kDestroy && order.executor == call.user.name)
    return error("two_people");
  const auto executor = desk_.store.user(order.executor);
  if (!executor) return store_trouble(executor.error());
  if (!*executor || !(*executor)->works(desk_.clock.now()) ||
      !(*executor)->roles.has(store::Role::kOfficer))
    return error("executor_gone");
  return std::nullopt;
}

std::optional<http::Response> OrderRoutes::bar_again(const store::Order& order, const Call& call) {
  const auto now = desk_.store.user(call.user.name);
  if (!now) return store_trouble(now.error());
  if (!*now || !(*now)->works(desk_.clock.now()) || !(*now)->roles.meets(kSupervisors) ||
      !store::Audience::of((*now)->roles).sees(order.confidential))
    return error("forbidden");
  return bar(order, call);
}

http::Response OrderRoutes::approve(const Call& call) {
  Body body(call.request);
  const std::string password = body.text("password", 1, kLongestPassword);
  const std::string code = body.optional_text("code", kLongestCode);
  if (auto fault = body.fault()) return std::move(*fault);
  const auto order = find(call);
  if (!order) return store_trouble(order.error());
  if (!*order) return error("not_found");
  if (auto barred = bar(**order, call)) return std::move(*barred);
  if (auto refused = confirm_(call, password, code)) return std::move(*refused);
  // That took a while, and somebody may have been disabled meanwhile.
  if (auto barred = bar_again(**order, call)) return std::move(*barred);
  return sign_and_keep(**order, call);
}

http::Response OrderRoutes::sign_and_keep(const store::Order& order, const Call& call) {
  const Time now = desk_.clock.now();
  note(call, order, order.id);
  const Result<Secret> key = key_();
  if (!key) return store_trouble(key.error().within("the key that signs orders"));
  const auto bytes = order::sign(order_of(order, order.id, call.user.name, now), *key);
  if (!bytes) return error("bad_parameter", bytes.error().context);
  const Status kept = desk_.store.orders().approve(order.id, call.user.name, *bytes, now);
  if (!kept) return refused_by(kept.error());
  return shown(call, order.id, 200);
}

http::Response OrderRoutes::cancel(const Call& call) {
  Body body(call.request);
  const std::string reason = body.text("reason", kShortestReason, kLongestReason);
  if (auto fault = body.fault()) return std::move(*fault);
  const auto order = find(call);
  if (!order) return store_trouble(order.error());
  if (!*order) return error("not_found");
  const Status done =
      (*order)->state == store::OrderState::kDelivered
          ? tell_to_stop(**order, call, reason)
          : desk_.store.orders().cancel((*order)->id, call.user.name, reason, desk_.clock.now());
  if (!done) return refused_by(done.error());
  return shown(call, (*order)->id, 200);
}

/// The terminal has it: another order tells it to stop, signed as the first one was. One person may
/// stop what took two to begin.
Status OrderRoutes::tell_to_stop(const store::Order& order, const Call& call,
                                 const std::string& reason) {
  const Time now = desk_.clock.now();
  const Result<Secret> key = key_();
  if (!key) return std::unexpected(key.error().within("the key that signs orders"));
  store::Cancellation stop{.id = to_hex(random_bytes(kIdSize / 2)),
                           .who = call.user.name,
                           .reason = reason,
                           .asked = now,
                           .answered = {},
                           .outcome = {}};
  const auto bytes = order::sign(order::Order{.id = from_hex(stop.id).value(),
                                              .terminal = order.terminal,
                                              .issued = now,
                                              .expires = order.expires,
                                              .reason = reason,
                                              .executor = call.user.name,
                                              .supervisor = {},
                                              .what = order::Cancel{from_hex(order.id).value()}},
                                 *key);
  if (!bytes) {
    if (order.expires <= now) return fail(Errc::kDenied, "the order has expired");
    return std::unexpected(bytes.error());
  }
  call.note(fmt::format("cancel {} of order {} at {}", stop.id, order.id, order.terminal));
  return desk_.store.orders().ask_to_cancel(order.id, stop, *bytes, now);
}

http::Response OrderRoutes::certificate(const Call& call) {
  const auto order = find(call);
  if (!order) return store_trouble(order.error());
  if (!*order) return error("not_found");
  const auto file = desk_.store.orders().certificate((*order)->id);
  if (!file) return store_trouble(file.error());
  if (!*file) return error("not_found", "certificate");
  http::Response response;
  response.with("Content-Type", "application/json; charset=utf-8")
      .with("Content-Disposition",
            fmt::format("attachment; filename=\"huxin-certificate-{}.json\"", (*order)->id))
      .with("Cache-Control", "no-store");
  response.body = as_text(**file);
  return response;
}

}  // namespace huxin::api
