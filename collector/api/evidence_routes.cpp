#include "collector/api/evidence_routes.hpp"

#include <spdlog/spdlog.h>

#include "certs/base64url.hpp"
#include "certs/certificate.hpp"
#include "certs/seal.hpp"
#include "collector/api/body.hpp"
#include "collector/api/error.hpp"
#include "collector/api/ids.hpp"
#include "collector/api/json.hpp"
#include "collector/api/query.hpp"
#include "policy/base/digest.hpp"
#include "policy/record/confidential.hpp"

namespace huxin::api {
namespace {

using store::Audience, store::Reveal, store::RevealState, store::ReviewerKey, store::Role;

constexpr auto kRequestLasts = std::chrono::hours(24);
constexpr auto kPackageLasts = std::chrono::hours(1);
constexpr std::size_t kShortestReason = 2;
constexpr std::size_t kLongestReason = 1000;
constexpr std::size_t kLongestCertificate = 4096;  // base64url
constexpr std::size_t kLongestLocked = 4096;
constexpr std::size_t kLongestPackage = std::size_t{400}
                                        << 10U;                  // base64url of 256 KiB and a frame
constexpr std::size_t kApprovalBytes = std::size_t{512} << 10U;  ///< a package, in base64url
constexpr std::uint64_t kLargestPage = 500;
constexpr std::uint64_t kLargestOffset = 1'000'000'000;

boost::json::value time_or_null(const std::optional<Time>& time) {
  if (!time) return nullptr;
  return boost::json::value(to_rfc3339(*time));
}

boost::json::object to_json(const Reveal& reveal) {
  return {{"id", reveal.id},
          {"incident", reveal.incident},
          {"confidential", reveal.confidential},
          {"state", json_text(to_string(reveal.state))},
          {"requester", reveal.requester},
          {"requester_key", reveal.requester_key},
          {"reason", reveal.reason},
          {"requested", to_rfc3339(reveal.requested)},
          {"expires", to_rfc3339(reveal.expires)},
          {"reviewer", reveal.reviewer},
          {"answer", reveal.answer},
          {"answered", time_or_null(reveal.answered)},
          {"package_expires", time_or_null(reveal.package_expires)},
          {"taken", time_or_null(reveal.taken)}};
}

boost::json::object public_half(const ReviewerKey& key) {
  return {{"sha256", key.sha256},
          {"user", key.user},
          {"certificate", certs::to_base64url(key.certificate)},
          {"added", to_rfc3339(key.added)},
          {"retired", time_or_null(key.retired)}};
}

/// One half of the key to evidence each: who holds the second key never asks.
bool is_second(const store::User& user) { return user.roles.has(Role::kReviewer); }

http::Response trouble_of(const Error& error_of_store) {
  switch (error_of_store.code) {
    case Errc::kExists:
      return error("reveal_over");
    case Errc::kDenied:
      return error("two_people_needed");
    case Errc::kNotFound:
      return error("not_found");
    default:
      return store_trouble(error_of_store);
  }
}

}  // namespace

std::vector<Route> EvidenceRoutes::routes() {
  using enum Role;
  const Access holders = Access::only({kOfficer, kReviewer, kAmlReviewer});
  const Access askers = Access::only({kOfficer, kAmlReviewer});
  const Access answerers = Access::only({kReviewer});
  return {
      {"GET", "/evidence/keys/own", holders, [this](const Call& call) { return own_keys(call); }},
      {"POST", "/evidence/keys/own", holders, [this](const Call& call) { return add_key(call); }},
      {"GET", "/evidence/keys", Access::only({kOfficer, kReviewer, kAmlReviewer, kSecurityAdmin}),
       [this](const Call& call) { return all_keys(call); }},
      {"POST", "/incidents/{id}/reveals", askers, [this](const Call& call) { return ask(call); }},
      {"GET", "/reveals", holders, [this](const Call& call) { return list(call); }},
      {"GET", "/reveals/{id}", holders, [this](const Call& call) { return get(call); }},
      {"DELETE", "/reveals/{id}", askers, [this](const Call& call) { return withdraw(call); }},
      {"GET", "/reveals/{id}/envelope", answerers,
       [this](const Call& call) { return envelope(call); }, Audited::kAlways},
      {"POST", "/reveals/{id}/approval", answerers,
       [this](const Call& call) { return approve(call); }, Audited::kChanges, kApprovalBytes},
      {"POST", "/reveals/{id}/refusal", answerers,
       [this](const Call& call) { return refuse(call); }},
      {"GET", "/reveals/{id}/package", askers, [this](const Call& call) { return package(call); },
       Audited::kAlways},
  };
}

http::Response EvidenceRoutes::own_keys(const Call& call) {
  const auto keys = desk_.store.reviewer_keys().of(call.user.name);
  if (!keys) return store_trouble(keys.error());
  boost::json::array array;
  for (const ReviewerKey& key : *keys) {
    boost::json::object object = public_half(key);
    object["locked"] = key.locked;
    array.push_back(std::move(object));
  }
  return json_response(200, {{"keys", std::move(array)}});
}

http::Response EvidenceRoutes::add_key(const Call& call) {
  Body body(call.request);
  const std::string certificate = body.text("certificate", 1, kLongestCertificate);
  const std::string locked = body.text("locked", 1, kLongestLocked);
  if (auto fault = body.fault()) return std::move(*fault);
  auto der = certs::from_base64url(certificate);
  if (!der) return error("bad_json", "certificate");
  const Time now = desk_.clock.now();
  if (const Status fits = certs::check_reviewer_certificate(*der, call.user.name, now); !fits)
    return error("bad_certificate", fits.error().context);
  ReviewerKey key{to_hex(sha256(*der)), call.user.name, std::move(*der), locked, now, {}};
  call.note("certificate " + key.sha256);
  const Status kept = desk_.store.reviewer_keys().add(key);
  if (!kept && kept.error().code == Errc::kExists) return error("key_exists");
  if (!kept && kept.error().code == Errc::kTooLarge) return error("too_many_keys");
  if (!kept) return store_trouble(kept.error());
  return json_response(201, public_half(key));
}

http::Response EvidenceRoutes::all_keys(const Call&) {
  const auto keys = desk_.store.reviewer_keys().current();
  if (!keys) return store_trouble(keys.error());
  boost::json::array array;
  for (const ReviewerKey& key : *keys) array.push_back(public_half(key));
  return json_response(200, {{"keys", std::move(array)}});
}

http::Response EvidenceRoutes::ask(const Call& call) {
  if (!is_incident_id(call.parameter())) return error("bad_parameter", "id");
  Body body(call.request);
  const std::string reason = body.text("reason", kShortestReason, kLongestReason);
  if (auto fault = body.fault()) return std::move(*fault);
  if (is_second(call.user)) return error("second_key_only");
  const auto found = desk_.store.incident(call.parameter(), Audience::of(call.user.roles));
  if (!found) return store_trouble(found.error());
  if (!*found) return error("not_found");
  if ((*found)->incident.evidence().empty()) return error("no_evidence");
  const auto keys = desk_.store.reviewer_keys().of(call.user.name);
  if (!keys) return store_trouble(keys.error());
  if (keys->empty() || keys->front().retired) return error("no_key");
  Reveal fresh;
  fresh.id = to_hex(random_bytes(16));
  fresh.incident = call.parameter();
  fresh.confidential = record::is_aml_confidential((*found)->incident);
  fresh.requester = call.user.name;
  fresh.requester_key = keys->front().sha256;
  fresh.reason = reason;
  fresh.requested = desk_.clock.now();
  fresh.expires = fresh.requested + kRequestLasts;
  // The auditor who reads the log may see no anti-money-laundering matter.
  call.note(fresh.confidential ? "request " + fresh.id
                               : fmt::format("request {}: {}", fresh.id, reason));
  const Status kept = desk_.store.reveals().request(fresh);
  if (!kept && kept.error().code == Errc::kExists) return error("reveal_waits");
  if (!kept && kept.error().code == Errc::kTooLarge) return error("too_many_reveals");
  if (!kept) return store_trouble(kept.error());
  tell_case(fresh, call, "reveal_requested", reason);
  return to_response(fresh, 201);
}

EvidenceRoutes::Answer<Reveal> EvidenceRoutes::find(const Call& call) {
  if (!is_incident_id(call.parameter())) return std::unexpected(error("bad_parameter", "id"));
  auto found = desk_.store.reveals().find(call.parameter(), Audience::of(call.user.roles),
                                          desk_.clock.now());
  if (!found) return std::unexpected(store_trouble(found.error()));
  if (!*found) return std::unexpected(error("not_found"));
  return std::move(**found);
}

http::Response EvidenceRoutes::to_response(const Reveal& reveal, unsigned status) {
  boost::json::object object = to_json(reveal);
  const auto key = desk_.store.reviewer_keys().find(reveal.requester_key);
  if (!key) return store_trouble(key.error());
  object["certificate"] = *key ? certs::to_base64url((*key)->certificate) : std::string{};
  return json_response(status, object);
}

void EvidenceRoutes::tell_case(const Reveal& reveal, const Call& call, std::string_view what,
                               std::string_view text) {
  const auto in_case = desk_.store.cases().case_of(reveal.incident);
  if (!in_case || in_case->empty()) return;
  const Status told = desk_.store.cases().note(*in_case, {desk_.clock.now(),
                                                          call.user.name,
                                                          std::string(what),
                                                          {},
                                                          reveal.incident,
                                                          std::string(text)});
  if (!told) spdlog::error("{}: not in its history: {}", *in_case, told.error().context);
}

http::Response EvidenceRoutes::changed(const Call& call, std::string_view what,
                                       std::string_view text) {
  const auto after = find(call);
  if (!after) return after.error();
  call.note(fmt::format("incident {}", after->incident));
  tell_case(*after, call, what, text);
  return to_response(*after);
}

http::Response EvidenceRoutes::list(const Call& call) {
  Query query(call.request);
  store::RevealFilter filter;
  filter.audience = Audience::of(call.user.roles);
  filter.state = query.value("state", store::reveal_state_from);
  filter.incident = query.text("incident");
  filter.requester = query.text("requester");
  filter.offset = query.number("offset", 0, 0, kLargestOffset);
  filter.limit = query.number("limit", 50, 1, kLargestPage);
  if (auto fault = query.fault()) return std::move(*fault);
  const auto page = desk_.store.reveals().list(filter, desk_.clock.now());
  if (!page) return store_trouble(page.error());
  boost::json::array reveals;
  for (const Reveal& reveal : page->reveals) reveals.push_back(to_json(reveal));
  return json_response(200, {{"total", page->total}, {"reveals", std::move(reveals)}});
}

http::Response EvidenceRoutes::get(const Call& call) {
  const auto reveal = find(call);
  return reveal ? to_response(*reveal) : reveal.error();
}

http::Response EvidenceRoutes::envelope(const Call& call) {
  const auto reveal = find(call);
  if (!reveal) return reveal.error();
  call.note(fmt::format("incident {}", reveal->incident));
  if (reveal->requester == call.user.name) return error("two_people_needed");
  if (reveal->state != RevealState::kRequested) return error("reveal_over");
  const auto found = desk_.store.incident(reveal->incident, Audience::of(call.user.roles));
  if (!found) return store_trouble(found.error());
  if (!*found) return error("not_found");
  return json_response(
      200, {{"envelope", certs::to_base64url(as_bytes((*found)->incident.evidence()))}});
}

http::Response EvidenceRoutes::approve(const Call& call) {
  Body body(call.request);
  const auto package = certs::from_base64url(body.text("package", 1, kLongestPackage));
  if (auto fault = body.fault()) return std::move(*fault);
  if (!package) return error("bad_json", "package");
  if (const auto reveal = find(call); !reveal) return reveal.error();
  const Time now = desk_.clock.now();
  const Status kept = desk_.store.reveals().approve(call.parameter(), call.user.name, *package, now,
                                                    now + kPackageLasts);
  return kept ? changed(call, "reveal_approved", {}) : trouble_of(kept.error());
}

http::Response EvidenceRoutes::refuse(const Call& call) {
  Body body(call.request);
  const std::string reason = body.text("reason", kShortestReason, kLongestReason);
  if (auto fault = body.fault()) return std::move(*fault);
  if (const auto reveal = find(call); !reveal) return reveal.error();
  const Status kept =
      desk_.store.reveals().refuse(call.parameter(), call.user.name, reason, desk_.clock.now());
  return kept ? changed(call, "reveal_refused", reason) : trouble_of(kept.error());
}

http::Response EvidenceRoutes::withdraw(const Call& call) {
  if (const auto reveal = find(call); !reveal) return reveal.error();
  const Status kept =
      desk_.store.reveals().withdraw(call.parameter(), call.user.name, desk_.clock.now());
  return kept ? changed(call, "reveal_withdrawn", {}) : trouble_of(kept.error());
}

http::Response EvidenceRoutes::package(const Call& call) {
  const auto reveal = find(call);
  if (!reveal) return reveal.error();
  call.note(fmt::format("incident {}", reveal->incident));
  if (reveal->requester != call.user.name) return error("not_found");
  const auto package =
      desk_.store.reveals().take(call.parameter(), call.user.name, desk_.clock.now());
  if (!package) return store_trouble(package.error());
  if (!*package) return error("reveal_over");
  if (!reveal->taken) tell_case(*reveal, call, "reveal_taken", {});
  return json_response(200, {{"package", certs::to_base64url(**package)}});
}

}  // namespace huxin::api
