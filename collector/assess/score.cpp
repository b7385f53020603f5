#include "collector/assess/score.hpp"

#include <algorithm>
#include <tuple>

namespace huxin::assess {
namespace {

/// Σ weight × share / Σ weight over what has a share.
class Mean {
 public:
  void add(std::int64_t weight, std::optional<Share> share) {
    if (!share) return;
    sum_ += weight * *share;
    weights_ += weight;
  }
  std::optional<Share> value() const {
    if (weights_ == 0) return std::nullopt;
    return rounded(sum_, weights_);
  }

 private:
  std::int64_t sum_ = 0, weights_ = 0;
};

std::optional<Share> on_site(const DomainInput& input) {
  Mean mean;
  for (const AnswerInput& answer : input.answers) mean.add(answer.weight, share_of(answer.verdict));
  return mean.value();
}

/// The monitoring half. Where no gate has data nothing was monitored, whatever the other figures
/// say, and the half has none.
void add_monitoring(const DomainInput& input, const Model& model, DomainScore& score) {
  Mean mean;
  std::optional<Share> most;
  for (const Figure& figure : input.figures) {
    const FigureRule* const rule = model.figure(figure.name);
    if (rule == nullptr) continue;
    const std::optional<Share> share = share_of(figure, *rule);
    if (rule->gate && share) most = std::min(most.value_or(kWhole), *share);
    mean.add(rule->weight, share);
  }
  if (!most) return;
  score.monitoring = mean.value();
  score.gated = *score.monitoring > *most;
  score.monitoring = std::min(*score.monitoring, *most);
}

DomainScore score_domain(const DomainInput& input, const Model& model) {
  DomainScore score;
  score.base = model.base_of(input.domain);
  score.on_site = on_site(input);
  add_monitoring(input, model, score);
  if (score.on_site || score.monitoring) {
    score.share = rounded(
        score.on_site.value_or(0) * model.on_site + score.monitoring.value_or(0) * model.monitoring,
        100);
  }
  score.points = score.base * score.share.value_or(0);
  return score;
}

std::int64_t earned(const BranchScore& score) {
  std::int64_t points = 0;
  for (const DomainScore& domain : score.domains) points += domain.points;
  return points;
}

std::int64_t deducted(const BranchInput& input, const Model& model) {
  std::int64_t points = 0;
  for (const ChargeInput& charge : input.deductions) {
    if (const DeductionRule* const rule = model.deduction(charge.kind)) points += rule->points;
  }
  return std::min(points, model.most_deducted) * kWhole;
}

BranchScore score_branch(const BranchInput& input, const Model& model) {
  BranchScore score;
  score.code = input.branch.code;
  for (std::size_t i = 0; i < kDomains.size(); ++i)
    score.domains.at(i) = score_domain(input.domains.at(i), model);
  score.complete = std::ranges::all_of(score.domains, &DomainScore::complete);
  score.earned = earned(score);
  score.deducted = deducted(input, model);
  score.points = std::max<std::int64_t>(0, score.earned - score.deducted);
  score.vetoed = !input.vetoes.empty();
  if (score.complete) score.band = model.band(score.points).name;
  if (score.vetoed) score.band = model.lowest().name;
  return score;
}

}  // namespace

std::optional<Share> share_of(const Figure& figure, const FigureRule& rule) {
  if (!figure.has_data()) return std::nullopt;
  const __int128 over = static_cast<__int128>(figure.numerator) * rule.scale -
                        static_cast<__int128>(rule.zero) * figure.denominator;
  const __int128 span = static_cast<__int128>(rule.full - rule.zero) * figure.denominator;
  const __int128 top = over * kWhole;
  const Share share = span > 0 ? rounded(top, span) : rounded(-top, -span);
  return std::clamp<Share>(share, 0, kWhole);
}

std::optional<Share> share_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return kWhole;
    case Verdict::kPartial:
      return kWhole / 2;
    case Verdict::kFail:
      return 0;
    case Verdict::kNotApplicable:
      return std::nullopt;
  }
  return std::nullopt;
}

std::vector<BranchScore> score(const Inputs& inputs, const Model& model) {
  std::vector<BranchScore> scores;
  for (const BranchInput& input : inputs.branches) scores.push_back(score_branch(input, model));
  const auto place = [](const BranchScore& each) {
    return std::tuple(each.band.empty(), each.vetoed, -each.points, each.code);
  };
  std::ranges::sort(scores, {}, place);
  int at = 0;
  for (BranchScore& each : scores) {
    ++at;
    if (each.band.empty()) continue;
    each.rank = at;
    const BranchScore* const before = at > 1 ? &scores[static_cast<std::size_t>(at) - 2] : nullptr;
    if (before != nullptr && before->points == each.points && before->vetoed == each.vetoed)
      each.rank = before->rank;
  }
  return scores;
}

}  // namespace huxin::assess
