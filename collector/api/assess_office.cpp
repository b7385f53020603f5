#include "collector/api/assess_office.hpp"

#include <algorithm>
#include <array>

#include "collector/api/audit_routes.hpp"
#include "collector/assess/snapshot.hpp"
#include "collector/store/audit.hpp"
#include "policy/base/digest.hpp"

namespace huxin::api {
namespace {

/// How a verification that found everything whole stands in the audit log.
struct Verification {
  std::string_view what, detail;
};
constexpr std::array kVerifications{Verification{"verify", ""},  // on the command line
                                    Verification{"GET /audit/chain", kFoundWhole},
                                    Verification{"GET /verification", kFoundWhole}};

std::string digest_of(std::string_view text) { return to_hex(sha256(as_bytes(text))); }

}  // namespace

const assess::BranchScore* Assessed::score(std::string_view code) const {
  const auto found = std::ranges::find(scores, code, &assess::BranchScore::code);
  return found == scores.end() ? nullptr : &*found;
}

Result<assess::Facts> Office::facts(const assess::Period& period) {
  auto facts = store_.assessment().facts(period, clock_.now());
  if (!facts) return facts;
  for (const Verification& each : kVerifications) {
    const auto last = store_.audit().last_done(each.what, each.detail, facts->until);
    if (!last) return std::unexpected(last.error());
    facts->log_verified = std::max(facts->log_verified, *last);
  }
  return facts;
}

Result<assess::Items> Office::items(const std::string& version) {
  if (version == assess::Items::builtin().version()) return assess::Items::builtin();
  const auto text = store_.assessment().data("items", version);
  if (!text) return std::unexpected(text.error());
  if (!*text) return fail(Errc::kNotFound, "items of version {} are not kept", version);
  return assess::Items::parse(**text, "items " + version);
}

Result<assess::Model> Office::model(const std::string& version) {
  if (version == assess::Model::builtin().version) return assess::Model::builtin();
  const auto text = store_.assessment().data("model", version);
  if (!text) return std::unexpected(text.error());
  if (!*text) return fail(Errc::kNotFound, "the model of version {} is not kept", version);
  return assess::Model::parse(**text, "model " + version);
}

/// The version that the bank put in force for a month; nullopt: none.
Result<std::optional<std::string>> Office::in_force(std::string_view kind,
                                                    const assess::Period& period) {
  const auto all = store_.assessment().in_force();
  if (!all) return std::unexpected(all.error());
  const store::RulesInForce* best = nullptr;
  for (const store::RulesInForce& each : *all) {
    if (each.kind != kind || each.from > period.text()) continue;
    if (best == nullptr || each.from >= best->from) best = &each;
  }
  if (best == nullptr) return std::nullopt;
  return best->version;
}

Result<assess::Items> Office::items_for(const assess::Period& period) {
  const auto version = in_force("items", period);
  if (!version) return std::unexpected(version.error());
  return items(version->value_or(assess::Items::builtin().version()));
}

Result<assess::Model> Office::model_for(const assess::Period& period) {
  const auto version = in_force("model", period);
  if (!version) return std::unexpected(version.error());
  return model(version->value_or(assess::Model::builtin().version));
}

Result<std::map<std::string, assess::Items>> Office::items_of(
    const std::vector<assess::Inspection>& inspections) {
  std::map<std::string, assess::Items> found;
  for (const assess::Inspection& visit : inspections) {
    if (found.contains(visit.items_version)) continue;
    auto of = items(visit.items_version);
    if (!of) return std::unexpected(of.error());
    found.emplace(visit.items_version, std::move(*of));
  }
  return found;
}

Result<Assessed> Office::reopen(const store::ClosedPeriod& closed) {
  if (digest_of(closed.inputs) != closed.digest)
    return fail(Errc::kCorrupt, "the inputs of {} are not those that were kept", closed.period);
  auto inputs = assess::inputs_from(closed.inputs);
  if (!inputs) return std::unexpected(inputs.error());
  auto under = model(closed.model_version);
  if (!under) return std::unexpected(under.error());
  auto scores = assess::score(*inputs, *under);
  store::ClosedPeriod shown = closed;
  shown.inputs.clear();
  return Assessed{std::move(*inputs), std::move(*under), std::move(scores), std::move(shown)};
}

Result<Assessed> Office::assess(const assess::Period& period) {
  const auto closed = store_.assessment().closed_period(period.text());
  if (!closed) return std::unexpected(closed.error());
  if (*closed) return reopen(**closed);
  const auto known = facts(period);
  if (!known) return std::unexpected(known.error());
  const auto items = items_of(known->inspections);
  if (!items) return std::unexpected(items.error());
  auto model = model_for(period);
  if (!model) return std::unexpected(model.error());
  assess::Inputs inputs = assess::gather(*known, *model, [&](const std::string& version) {
    const auto found = items->find(version);
    return found == items->end() ? nullptr : &found->second;
  });
  auto scores = assess::score(inputs, *model);
  return Assessed{std::move(inputs), std::move(*model), std::move(scores), std::nullopt};
}

Result<store::ClosedPeriod> Office::close(const assess::Period& period, std::string_view by) {
  const Time now = clock_.now();
  if (now < period.end()) {
    return fail(Errc::kDenied, "{} runs until {}; it can be closed after that", period.text(),
                to_rfc3339(period.end()));
  }
  auto assessed = assess(period);
  if (!assessed) return std::unexpected(assessed.error());
  if (assessed->closed) return fail(Errc::kExists, "{} is closed already", period.text());
  if (assessed->inputs.branches.empty())
    return fail(Errc::kInvalid, "there are no branches: import the branch tree first");
  Status kept;  // a version of the bank's own is kept already
  if (assessed->model.version == assess::Model::builtin().version)
    kept = store_.assessment().keep_data("model", assessed->model.version,
                                         assess::Model::builtin_text(), now);
  if (!kept) return std::unexpected(kept.error());
  store::ClosedPeriod closed{period.text(),           assess::to_text(assessed->inputs),
                             assessed->model.version, {},
                             std::string(by),         now};
  closed.digest = digest_of(closed.inputs);
  kept = store_.assessment().close_period(closed);
  if (!kept) return std::unexpected(kept.error());
  closed.inputs.clear();
  return closed;
}

}  // namespace huxin::api
