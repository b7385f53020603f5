#include "collector/assess/tree.hpp"

#include <boost/json/array.hpp>

#include "collector/assess/json.hpp"

namespace huxin::assess {
namespace {

namespace json = boost::json;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

/// Shares and points leave as decimal text, exact as they are: "87.25".
json::value share_value(const std::optional<Share>& share) {
  if (!share) return nullptr;
  return json::string(points_text(*share * 100));
}

json::object item_json(const AnswerInput& answer, const Viewer& viewer) {
  return {{"item", answer.item},
          {"zh", answer.zh},
          {"en", answer.en},
          {"weight", answer.weight},
          {"verdict", view(to_string(answer.verdict))},
          {"share", share_value(share_of(answer.verdict))},
          {"note", answer.note},
          {"inspection", answer.inspection},
          {"entry", answer.entry},
          {"evidence", to_json(shown_to(viewer, answer.evidence))}};
}

json::object domain_json(const DomainInput& input, const DomainScore& score, const Model& model,
                         const Viewer& viewer) {
  json::array items, figures;
  for (const AnswerInput& answer : input.answers) items.push_back(item_json(answer, viewer));
  for (const Figure& figure : input.figures) {
    const FigureRule* const rule = model.figure(figure.name);
    if (rule != nullptr) figures.push_back(figure_json(figure, *rule));
  }
  return {{"domain", view(to_string(input.domain))},
          {"base", score.base},
          {"points", points_text(score.points)},
          {"share", share_value(score.share)},
          {"on_site", share_value(score.on_site)},
          {"monitoring", share_value(score.monitoring)},
          {"gated", score.gated},
          {"complete", score.complete()},
          {"inspection", input.inspection},
          {"items", std::move(items)},
          {"figures", std::move(figures)}};
}

template <class Rule>
json::object charge_json(const ChargeInput& charge, const Rule* rule, const Viewer& viewer) {
  return {{"kind", charge.kind},
          {"zh", rule == nullptr ? charge.kind : rule->zh},
          {"en", rule == nullptr ? charge.kind : rule->en},
          {"reason", charge.reason},
          {"evidence", to_json(shown_to(viewer, charge.evidence))}};
}

}  // namespace

std::vector<Evidence> shown_to(const Viewer& viewer, const std::vector<Evidence>& evidence) {
  std::vector<Evidence> shown = evidence;
  for (Evidence& each : shown) {
    if (each.confidential && !viewer.aml) each = {each.kind, "—", "反洗钱保密 confidential", true};
  }
  return shown;
}

json::object figure_json(const Figure& figure, const FigureRule& rule) {
  json::object object{{"name", figure.name},
                      {"zh", rule.zh},
                      {"en", rule.en},
                      {"numerator", figure.numerator},
                      {"denominator", figure.denominator},
                      {"kept", figure.kept},
                      {"weight", rule.weight},
                      {"gate", rule.gate},
                      {"value", nullptr},
                      {"share", share_value(share_of(figure, rule))}};
  if (figure.has_data()) {
    const std::int64_t value =
        rounded(static_cast<__int128>(figure.numerator) * rule.scale * kWhole, figure.denominator);
    object["value"] = points_text(value);
  }
  return object;
}

json::object counted_json(const Figure& figure, const Viewer& viewer) {
  json::array counted;
  for (const Counted& one : figure.counted) {
    const Evidence of = shown_to(viewer, {one.of}).front();
    counted.push_back({{"kind", of.kind},
                       {"id", of.id},
                       {"note", of.note},
                       {"confidential", of.confidential},
                       {"counts", one.counts}});
  }
  return {{"counted", std::move(counted)}, {"more", figure.more}};
}

json::object score_json(const BranchInput& input, const BranchScore& score, const Model& model) {
  json::array domains;
  for (std::size_t i = 0; i < kDomains.size(); ++i) {
    const DomainScore& domain = score.domains.at(i);
    domains.push_back({{"domain", view(to_string(kDomains.at(i)))},
                       {"base", domain.base},
                       {"points", points_text(domain.points)},
                       {"share", share_value(domain.share)},
                       {"complete", domain.complete()}});
  }
  json::object object{{"code", input.branch.code},
                      {"name", input.branch.name},
                      {"accountable", input.branch.accountable},
                      {"rank", score.rank},
                      {"points", points_text(score.points)},
                      {"earned", points_text(score.earned)},
                      {"deducted", points_text(score.deducted)},
                      {"complete", score.complete},
                      {"vetoed", score.vetoed},
                      {"band", score.band},
                      {"band_zh", ""},
                      {"band_en", ""},
                      {"domains", std::move(domains)}};
  for (const Band& band : model.bands) {
    if (band.name != score.band) continue;
    object["band_zh"] = band.zh;
    object["band_en"] = band.en;
  }
  return object;
}

json::object tree_json(const BranchInput& input, const BranchScore& score, const Model& model,
                       const Viewer& viewer) {
  json::object object = score_json(input, score, model);
  json::array domains, deductions, vetoes;
  for (std::size_t i = 0; i < kDomains.size(); ++i)
    domains.push_back(domain_json(input.domains.at(i), score.domains.at(i), model, viewer));
  for (const ChargeInput& charge : input.deductions) {
    const DeductionRule* const rule = model.deduction(charge.kind);
    json::object one = charge_json(charge, rule, viewer);
    one["points"] = points_text(rule == nullptr ? 0 : rule->points * kWhole);
    deductions.push_back(std::move(one));
  }
  for (const ChargeInput& charge : input.vetoes)
    vetoes.push_back(charge_json(charge, model.veto(charge.kind), viewer));
  object["domains"] = std::move(domains);
  object["deductions"] = std::move(deductions);
  object["vetoes"] = std::move(vetoes);
  return object;
}

}  // namespace huxin::assess
