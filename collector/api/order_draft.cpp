#include "collector/api/order_draft.hpp"

#include <boost/json/value.hpp>

#include "collector/api/body.hpp"
#include "collector/api/error.hpp"
#include "policy/base/digest.hpp"
#include "policy/record/confidential.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestReason = 500;
constexpr std::size_t kShortestReason = 4;
constexpr std::size_t kLongestPath = 4096;
constexpr std::size_t kIdSize = 32;
constexpr std::int64_t kMostDays = 90;
constexpr std::size_t kIdBytes = 16;
constexpr std::string_view kSomebody = "?";  // stands for the supervisor who is not known yet

using Refused = std::unexpected<http::Response>;

Refused refuse(std::string_view code, std::string_view detail = {}) {
  return Refused(error(code, detail));
}

/// Looks up incidents for one draft, which is about one terminal.
class Subject {
 public:
  Subject(const Desk& desk, const Call& call, store::OrderDraft& draft)
      : desk_(desk), call_(call), draft_(draft) {}

  /// The path of an incident's file, once the draft is known to be about its terminal.
  std::expected<std::string, http::Response> add(const std::string& id) {
    if (id.size() != kIdSize || id.find_first_not_of("0123456789abcdef") != std::string::npos)
      return refuse("bad_parameter", "incident");
    const auto found = desk_.store.incident(id, store::Audience::of(call_.user.roles));
    if (!found) return Refused(store_trouble(found.error()));
    if (!*found) return refuse("not_found", "incident");
    if (draft_.terminal.empty()) draft_.terminal = (*found)->terminal;
    if (draft_.terminal != (*found)->terminal) return refuse("order_terminals");
    draft_.confidential = draft_.confidential || record::is_aml_confidential((*found)->incident);
    return (*found)->incident.path();
  }

 private:
  const Desk& desk_;
  const Call& call_;
  store::OrderDraft& draft_;
};

std::optional<std::string> text_member(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains({name.data(), name.size()});
  if (value == nullptr) return std::string{};
  if (!value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

/// {"path": "/…"} or {"incident": "…"}; nullopt for anything else.
std::optional<store::OrderTarget> read_target(const json::value& value) {
  if (!value.is_object() || value.get_object().size() != 1) return std::nullopt;
  const auto path = text_member(value.get_object(), "path");
  const auto incident = text_member(value.get_object(), "incident");
  if (!path || !incident || path->empty() == incident->empty()) return std::nullopt;
  return store::OrderTarget{*path, *incident};
}

std::optional<http::Response> read_targets(const json::value& value, Subject& subject,
                                           store::OrderDraft& draft) {
  if (!value.is_null() && !value.is_array()) return error("bad_json", "targets");
  const json::array none;
  for (const json::value& each : value.is_array() ? value.get_array() : none) {
    auto target = read_target(each);
    if (!target) return error("bad_json", "targets");
    draft.targets.push_back(std::move(*target));
  }
  if (draft.targets.empty() && !draft.incident.empty()) draft.targets = {{"", draft.incident}};
  if (draft.targets.size() > store::Orders::kMostTargets) return error("bad_parameter", "targets");
  for (store::OrderTarget& target : draft.targets) {
    if (target.incident.empty()) continue;
    auto path = subject.add(target.incident);
    if (!path) return std::move(path.error());
    target.path = std::move(*path);
  }
  return std::nullopt;
}

std::optional<http::Response> check_terminal(const Desk& desk, const store::OrderDraft& draft) {
  if (draft.terminal.empty()) return error("bad_parameter", "terminal");
  const auto terminal = desk.store.terminal(draft.terminal);
  if (!terminal) return store_trouble(terminal.error());
  if (!*terminal) return error("not_found", "terminal");
  if ((*terminal)->revoked) return error("terminal_revoked");
  return std::nullopt;
}

Bytes id_bytes(std::string_view hex) { return from_hex(hex).value_or(Bytes{}); }

}  // namespace

std::expected<store::OrderDraft, http::Response> read_draft(const Desk& desk, const Call& call) {
  Body body(call.request);
  store::OrderDraft draft;
  const auto kind = store::order_kind_from(body.text("kind", 1, 16));
  draft.reason = body.text("reason", kShortestReason, kLongestReason);
  draft.terminal = body.optional_text("terminal", 64);
  draft.incident = body.optional_text("incident", kIdSize);
  draft.destination = body.optional_text("destination", kLongestPath);
  draft.method = body.optional_text("method", 16);
  draft.copies = body.optional_text("copies", 16);
  const json::value targets = body.value("targets");
  const auto days = std::chrono::days(body.number("days", 1, kMostDays));
  if (auto fault = body.fault()) return Refused(std::move(*fault));
  if (!kind) return refuse("bad_parameter", "kind");
  draft.kind = *kind;
  draft.executor = call.user.name;
  const Time now = desk.clock.now();
  draft.expires = now + days;

  Subject subject(desk, call, draft);
  if (!draft.incident.empty()) {
    if (auto path = subject.add(draft.incident); !path) return Refused(std::move(path.error()));
  }
  if (auto fault = read_targets(targets, subject, draft)) return Refused(std::move(*fault));
  if (auto fault = check_terminal(desk, draft)) return Refused(std::move(*fault));
  if (draft.kind == store::OrderKind::kRelease) draft.targets.clear();
  if (draft.kind == store::OrderKind::kDestroy && !order::method_from(draft.method))
    return refuse("bad_parameter", "method");
  if (draft.kind == store::OrderKind::kDestroy && !order::copies_from(draft.copies))
    return refuse("bad_parameter", "copies");
  const Status fits = order::check(order_of(draft, to_hex(random_bytes(kIdBytes)), kSomebody, now));
  if (!fits) return refuse("bad_parameter", fits.error().context);
  return draft;
}

order::Order order_of(const store::OrderDraft& draft, std::string_view id,
                      std::string_view supervisor, Time issued) {
  order::Order made;
  made.id = id_bytes(id);
  made.terminal = draft.terminal;
  made.issued = issued;
  made.expires = draft.expires;
  made.reason = draft.reason;
  made.executor = draft.executor;
  if (supervisor != draft.executor) made.supervisor = supervisor;
  if (draft.kind == store::OrderKind::kRelease) {
    made.what = order::Release{id_bytes(draft.incident), draft.destination};
    return made;
  }
  order::Destroy destroy;
  for (const store::OrderTarget& target : draft.targets)
    destroy.targets.push_back({target.path, id_bytes(target.incident)});
  destroy.method = order::method_from(draft.method).value_or(order::Method::kOverwrite);
  destroy.copies = order::copies_from(draft.copies).value_or(order::Copies::kReport);
  made.what = std::move(destroy);
  return made;
}

}  // namespace huxin::api
