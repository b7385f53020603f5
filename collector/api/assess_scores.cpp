#include "collector/api/assess_scores.hpp"

#include <algorithm>

#include "collector/api/error.hpp"
#include "collector/api/filter.hpp"
#include "collector/api/json.hpp"
#include "collector/assess/bulletin.hpp"
#include "collector/assess/tree.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;
using Parameters = std::map<std::string, std::string>;

/// The query's parameters, all of them known, or the answer that names what is wrong.
std::expected<Parameters, http::Response> parameters_of(
    const Call& call, std::initializer_list<std::string_view> known) {
  auto given = parse_query(call.request.query);
  if (!given) return std::unexpected(error("bad_parameter", given.error().context));
  for (const auto& [name, value] : *given) {
    if (std::ranges::find(known, std::string_view(name)) == known.end())
      return std::unexpected(error("bad_parameter", name.substr(0, 40)));
  }
  return std::move(*given);
}

/// The month asked for; without one, that of now.
std::expected<assess::Period, http::Response> period_of(const std::string& text, Time now) {
  const auto period = text.empty() ? assess::Period::containing(now) : assess::Period::from(text);
  if (!period) return std::unexpected(error("bad_parameter", "period"));
  return *period;
}

assess::Viewer viewer_of(const Call& call) {
  return {call.user.roles.has(store::Role::kAmlReviewer)};
}

json::object head_of(const Assessed& assessed) {
  json::object head{{"period", assessed.inputs.period},
                    {"until", assessed.inputs.until},
                    {"model", assessed.model.version},
                    {"closed", nullptr}};
  if (assessed.closed)
    head["closed"] = {{"by", assessed.closed->by},
                      {"time", to_rfc3339(assessed.closed->time)},
                      {"digest", assessed.closed->digest}};
  return head;
}

json::array figures_of(const assess::BranchInput& input, const assess::Model& model) {
  json::array domains;
  for (const assess::DomainInput& domain : input.domains) {
    json::array figures;
    for (const assess::Figure& figure : domain.figures) {
      const assess::FigureRule* const rule = model.figure(figure.name);
      if (rule != nullptr) figures.push_back(assess::figure_json(figure, *rule));
    }
    domains.push_back(
        {{"domain", json_text(assess::to_string(domain.domain))}, {"figures", std::move(figures)}});
  }
  return domains;
}

/// A month that cannot be given: closed wrongly, not kept, or the store is in trouble.
http::Response refuse(const Error& trouble) {
  switch (trouble.code) {
    case Errc::kExists:
      return error("closed", trouble.context);
    case Errc::kDenied:
    case Errc::kInvalid:
      return error("incomplete", trouble.context);
    default:
      return store_trouble(trouble);
  }
}

}  // namespace

std::vector<Route> ScoreRoutes::routes() {
  const Access compliance = Access::only({store::Role::kCompliance});
  return {
      {"GET", "/monitoring", compliance, [this](const Call& call) { return monitoring(call); }},
      {"GET", "/monitoring/counted", compliance,
       [this](const Call& call) { return counted(call); }},
      {"GET", "/scores", compliance, [this](const Call& call) { return ranking(call); }},
      {"GET", "/scores/{branch}", compliance, [this](const Call& call) { return one_score(call); }},
      {"GET", "/periods", compliance, [this](const Call& call) { return periods(call); }},
      {"POST", "/periods/{period}/close", compliance,
       [this](const Call& call) { return close(call); }},
      {"GET", "/bulletins/{period}", compliance,
       [this](const Call& call) { return bulletin(call, {}); }, Audited::kAlways},
      {"GET", "/bulletins/{period}/{branch}", compliance,
       [this](const Call& call) { return bulletin(call, call.parameter(1)); }, Audited::kAlways},
  };
}

http::Response ScoreRoutes::monitoring(const Call& call) {
  const auto given = parameters_of(call, {"period"});
  if (!given) return given.error();
  const auto period =
      period_of(given->contains("period") ? given->at("period") : "", desk_.clock.now());
  if (!period) return period.error();
  const auto assessed = office_.assess(*period);
  if (!assessed) return refuse(assessed.error());
  json::object answer = head_of(*assessed);
  json::array branches;
  for (const assess::BranchInput& input : assessed->inputs.branches) {
    branches.push_back({{"code", input.branch.code},
                        {"name", input.branch.name},
                        {"domains", figures_of(input, assessed->model)}});
  }
  answer["branches"] = std::move(branches);
  return json_response(200, answer);
}

http::Response ScoreRoutes::counted(const Call& call) {
  const auto given = parameters_of(call, {"period", "branch", "domain", "figure"});
  if (!given) return given.error();
  for (const char* needed : {"period", "branch", "domain", "figure"}) {
    if (!given->contains(needed)) return error("bad_parameter", needed);
  }
  const auto period = period_of(given->at("period"), desk_.clock.now());
  if (!period) return period.error();
  const auto domain = assess::domain_from(given->at("domain"));
  if (!domain) return error("bad_parameter", "domain");
  const auto assessed = office_.assess(*period);
  if (!assessed) return refuse(assessed.error());
  const assess::BranchInput* const input = assessed->inputs.find(given->at("branch"));
  const assess::FigureRule* const rule = assessed->model.figure(given->at("figure"));
  if (input == nullptr || rule == nullptr) return error("not_found");
  const auto& figures = input->domains.at(static_cast<std::size_t>(*domain)).figures;
  const auto figure = std::ranges::find(figures, rule->name, &assess::Figure::name);
  if (figure == figures.end()) return error("not_found");
  json::object answer = assess::figure_json(*figure, *rule);
  for (auto& [name, value] : assess::counted_json(*figure, viewer_of(call)))
    answer[name] = std::move(value);
  return json_response(200, answer);
}

http::Response ScoreRoutes::ranking(const Call& call) {
  const auto given = parameters_of(call, {"period"});
  if (!given) return given.error();
  const auto period =
      period_of(given->contains("period") ? given->at("period") : "", desk_.clock.now());
  if (!period) return period.error();
  const auto assessed = office_.assess(*period);
  if (!assessed) return refuse(assessed.error());
  json::object answer = head_of(*assessed);
  json::array branches;
  for (const assess::BranchScore& score : assessed->scores) {
    branches.push_back(
        assess::score_json(*assessed->inputs.find(score.code), score, assessed->model));
  }
  answer["branches"] = std::move(branches);
  return json_response(200, answer);
}

http::Response ScoreRoutes::one_score(const Call& call) {
  const auto given = parameters_of(call, {"period"});
  if (!given) return given.error();
  const auto period =
      period_of(given->contains("period") ? given->at("period") : "", desk_.clock.now());
  if (!period) return period.error();
  const auto assessed = office_.assess(*period);
  if (!assessed) return refuse(assessed.error());
  const assess::BranchInput* const input = assessed->inputs.find(call.parameter());
  if (input == nullptr) return error("not_found");
  json::object answer = head_of(*assessed);
  answer["score"] = assess::tree_json(*input, *assessed->score(call.parameter()), assessed->model,
                                      viewer_of(call));
  return json_response(200, answer);
}

http::Response ScoreRoutes::periods(const Call&) {
  const auto closed = desk_.store.assessment().closed_periods();
  if (!closed) return store_trouble(closed.error());
  json::array list;
  for (const store::ClosedPeriod& each : *closed) {
    list.push_back({{"period", each.period},
                    {"model", each.model_version},
                    {"digest", each.digest},
                    {"by", each.by},
                    {"time", to_rfc3339(each.time)}});
  }
  const auto now = assess::Period::containing(desk_.clock.now());
  return json_response(200, {{"current", now.text()}, {"closed", std::move(list)}});
}

http::Response ScoreRoutes::close(const Call& call) {
  const auto period = assess::Period::from(call.parameter());
  if (!period) return error("bad_parameter", "period");
  const auto closed = office_.close(*period, call.user.name);
  if (!closed) return refuse(closed.error());
  call.note("digest " + closed->digest);
  return json_response(200, {{"period", closed->period},
                             {"model", closed->model_version},
                             {"digest", closed->digest},
                             {"by", closed->by},
                             {"time", to_rfc3339(closed->time)}});
}

http::Response ScoreRoutes::bulletin(const Call& call, const std::string& branch) {
  const auto given = parameters_of(call, {"download"});
  if (!given) return given.error();
  const auto period = assess::Period::from(call.parameter());
  if (!period) return error("bad_parameter", "period");
  const auto assessed = office_.assess(*period);
  if (!assessed) return refuse(assessed.error());
  if (!branch.empty() && assessed->inputs.find(branch) == nullptr) return error("not_found");
  const bool final = assessed->closed.has_value();
  http::Response page{
      200,
      {},
      assess::bulletin(assessed->inputs, assessed->scores, assessed->model, {branch, final})};
  const std::string name = branch.empty() ? call.parameter() : call.parameter() + "-" + branch;
  page.with("Content-Type", "text/html; charset=utf-8")
      .with("Cache-Control", "no-store")
      .with("Content-Security-Policy", assess::bulletin_policy())
      .with("X-Frame-Options", "SAMEORIGIN")
      .with("Content-Disposition",
            fmt::format("{}; filename=\"huxin-bulletin-{}.html\"",
                        given->contains("download") ? "attachment" : "inline", name));
  return page;
}

}  // namespace huxin::api
