#include "collector/api/assess_ledger.hpp"

#include <algorithm>
#include <charconv>

#include "collector/api/assess_json.hpp"
#include "collector/api/body.hpp"
#include "collector/api/error.hpp"
#include "collector/api/json.hpp"
#include "collector/assess/json.hpp"
#include "collector/assess/model.hpp"
#include "collector/store/assessment.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;

http::Response refused(const Error& trouble) {
  if (trouble.code == Errc::kNotFound) return error("not_found");
  if (trouble.code == Errc::kDenied) return error("closed", trouble.context);
  return store_trouble(trouble);
}

std::optional<std::uint64_t> id_of(const Call& call) {
  const std::string& text = call.parameter();
  std::uint64_t id = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return id;
}

assess::Viewer viewer_of(const Call& call) {
  return {call.user.roles.has(store::Role::kAmlReviewer)};
}

/// Deductions that people enter, and vetoes.
bool may_be_entered(const assess::Model& model, const std::string& kind) {
  const assess::DeductionRule* const deduction = model.deduction(kind);
  return model.veto(kind) != nullptr || (deduction != nullptr && deduction->source == "mark");
}

}  // namespace

std::vector<Route> LedgerRoutes::routes() {
  const Access compliance = Access::only({store::Role::kCompliance});
  return {
      {"GET", "/rectifications", compliance,
       [this](const Call& call) { return rectifications(call); }},
      {"POST", "/rectifications/{id}/assign", compliance,
       [this](const Call& call) { return assign(call); }},
      {"POST", "/rectifications/{id}/report", compliance,
       [this](const Call& call) { return report(call); }},
      {"POST", "/rectifications/{id}/recheck", compliance,
       [this](const Call& call) { return recheck(call); }},
      {"GET", "/marks", compliance, [this](const Call& call) { return marks(call); }},
      {"POST", "/marks", compliance, [this](const Call& call) { return add_mark(call); }},
      {"POST", "/marks/{id}/withdraw", compliance,
       [this](const Call& call) { return withdraw(call); }},
  };
}

http::Response LedgerRoutes::rectifications(const Call& call) {
  const auto found = desk_.store.assessment().rectifications();
  if (!found) return store_trouble(found.error());
  const auto branches = desk_.store.assessment().branches();
  if (!branches) return store_trouble(branches.error());
  const auto inspections = desk_.store.assessment().inspections({});
  if (!inspections) return store_trouble(inspections.error());
  const auto versions = office_.items_of(*inspections);
  if (!versions) return store_trouble(versions.error());
  json::array list;
  for (const assess::Rectification& entry : *found) {
    const auto visit = std::ranges::find(*inspections, entry.inspection, &assess::Inspection::id);
    const assess::Item* const item =
        visit == inspections->end() ? nullptr : versions->at(visit->items_version).find(entry.item);
    list.push_back(rectification_json(entry, item, *branches, viewer_of(call), desk_.clock.now()));
  }
  return json_response(200, {{"rectifications", std::move(list)}});
}

http::Response LedgerRoutes::assign(const Call& call) {
  const auto id = id_of(call);
  if (!id) return error("bad_parameter", "id");
  Body body(call.request);
  const std::string owner = body.text("owner", 1, 128);
  const auto due = day_of(body.text("due", 1, 10));
  const std::string said = body.optional_text("note", assess::kLongestNote);
  if (auto fault = body.fault()) return std::move(*fault);
  if (!due || !*due) return error("bad_json", "due");
  const Status done = desk_.store.assessment().assign_rectification(
      *id, owner, **due, said, call.user.name, desk_.clock.now());
  if (!done) return refused(done.error());
  return http::Response{204, {}, {}};
}

http::Response LedgerRoutes::report(const Call& call) {
  Body body(call.request);
  const std::string text = body.text("note", 1, assess::kLongestNote);
  const json::value evidence = body.value("evidence");
  if (auto fault = body.fault()) return std::move(*fault);
  return note(call, "reported", text, evidence);
}

http::Response LedgerRoutes::recheck(const Call& call) {
  Body body(call.request);
  const bool passed = body.flag("passed");
  const std::string text = body.text("note", 1, assess::kLongestNote);
  const json::value evidence = body.value("evidence");
  if (auto fault = body.fault()) return std::move(*fault);
  return note(call, passed ? "passed" : "failed", text, evidence);
}

http::Response LedgerRoutes::note(const Call& call, std::string_view kind, const std::string& text,
                                  const json::value& evidence) {
  const auto id = id_of(call);
  if (!id) return error("bad_parameter", "id");
  const auto rests_on = assess::evidence_from(evidence);
  if (!rests_on || rests_on->size() > assess::kMostEvidence) return error("bad_json", "evidence");
  const Status done = desk_.store.assessment().note_rectification(
      *id, kind, text, *rests_on, call.user.name, desk_.clock.now());
  if (!done) return refused(done.error());
  call.note(kind);
  return http::Response{204, {}, {}};
}

http::Response LedgerRoutes::marks(const Call& call) {
  const auto found = desk_.store.assessment().marks();
  if (!found) return store_trouble(found.error());
  json::array list, kinds;
  for (const assess::Mark& mark : *found) list.push_back(mark_json(mark, viewer_of(call)));
  const auto model = office_.model_for(assess::Period::containing(desk_.clock.now()));
  if (!model) return store_trouble(model.error());
  for (const assess::DeductionRule& rule : model->deductions) {
    if (rule.source == "mark")
      kinds.push_back(
          {{"kind", rule.name}, {"zh", rule.zh}, {"en", rule.en}, {"points", rule.points}});
  }
  for (const assess::VetoRule& rule : model->vetoes)
    kinds.push_back({{"kind", rule.name}, {"zh", rule.zh}, {"en", rule.en}, {"points", nullptr}});
  return json_response(200, {{"marks", std::move(list)}, {"kinds", std::move(kinds)}});
}

http::Response LedgerRoutes::add_mark(const Call& call) {
  Body body(call.request);
  assess::Mark mark;
  mark.branch = body.text("branch", 1, 32);
  const auto period = assess::Period::from(body.text("period", 7, 7));
  mark.kind = body.text("kind", 1, 64);
  mark.reason = body.text("reason", 1, assess::kLongestNote);
  auto evidence = assess::evidence_from(body.value("evidence"));
  if (auto fault = body.fault()) return std::move(*fault);
  if (!period) return error("bad_json", "period");
  const auto model = office_.model_for(*period);
  if (!model) return store_trouble(model.error());
  if (!may_be_entered(*model, mark.kind)) return error("bad_json", "kind");
  if (!evidence || evidence->size() > assess::kMostEvidence) return error("bad_json", "evidence");
  const auto branches = desk_.store.assessment().branches();
  if (!branches) return store_trouble(branches.error());
  if (std::ranges::find(*branches, mark.branch, &assess::Branch::code) == branches->end())
    return error("bad_json", "branch");
  const auto closed = desk_.store.assessment().closed_period(period->text());
  if (!closed) return store_trouble(closed.error());
  if (*closed) return error("closed", period->text());
  mark.period = *period;
  mark.evidence = std::move(*evidence);
  mark.by = call.user.name;
  mark.time = desk_.clock.now();
  const auto id = desk_.store.assessment().add_mark(mark);
  if (!id) return store_trouble(id.error());
  call.note(fmt::format("{} of {} {}", mark.kind, mark.branch, period->text()));
  return json_response(201, {{"id", *id}});
}

http::Response LedgerRoutes::withdraw(const Call& call) {
  const auto id = id_of(call);
  if (!id) return error("bad_parameter", "id");
  Body body(call.request);
  const std::string reason = body.text("reason", 1, assess::kLongestNote);
  if (auto fault = body.fault()) return std::move(*fault);
  const auto book = desk_.store.assessment().marks();
  if (!book) return store_trouble(book.error());
  const auto left = assess::standing(*book);
  const auto found = std::ranges::find(left, *id, &assess::Mark::id);
  if (found == left.end()) return error("not_found");
  const auto closed = desk_.store.assessment().closed_period(found->period.text());
  if (!closed) return store_trouble(closed.error());
  if (*closed) return error("closed", found->period.text());
  assess::Mark mark = *found;
  mark.reason = reason;
  mark.evidence.clear();
  mark.by = call.user.name;
  mark.time = desk_.clock.now();
  mark.withdraws = *id;
  const auto added = desk_.store.assessment().add_mark(mark);
  if (!added) return store_trouble(added.error());
  return json_response(201, {{"id", *added}});
}

}  // namespace huxin::api
