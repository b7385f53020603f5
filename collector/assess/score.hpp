#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "collector/assess/inputs.hpp"
#include "collector/assess/share.hpp"

namespace huxin::assess {

/// What one domain came to. A half without data has no share.
struct DomainScore {
  std::optional<Share> on_site, monitoring;
  bool gated = false;          ///< monitoring was held down by a gate
  std::optional<Share> share;  ///< of both halves; one without data adds nothing
  std::int64_t base = 0;       ///< points
  std::int64_t points = 0;     ///< ten-thousandths: base × share

  bool complete() const { return on_site && monitoring; }
};

/// What one branch came to. Points are ten-thousandths of a point.
struct BranchScore {
  std::string code;
  std::array<DomainScore, 4> domains;
  std::int64_t earned = 0;    ///< before deductions
  std::int64_t deducted = 0;  ///< at most the model's
  std::int64_t points = 0;    ///< never below 0
  bool complete = false;      ///< every domain has both halves; otherwise provisional, no band
  bool vetoed = false;
  std::string band;  ///< of the model; empty: not graded
  int rank = 0;      ///< from 1 among those graded; 0: not graded
};

/// A figure's share under its rule; nullopt without data. Between 0 and kWhole. Exact but for the
/// last rounding; no floating point anywhere.
std::optional<Share> share_of(const Figure& figure, const FigureRule& rule);
/// 合格 1, 部分合格 0.5, 不合格 0; nullopt for 不适用.
std::optional<Share> share_of(Verdict verdict);

/// Scores a month by scoring.yaml's arithmetic; the order of the ranking: graded branches by points
/// (vetoed ones last), then provisional ones by points, equals by code. The same inputs and model
/// give the same scores, always.
/// Equal points share a rank, and the next one is skipped. A half without any gate's data has none,
/// whatever its other figures say.
std::vector<BranchScore> score(const Inputs& inputs, const Model& model);

}  // namespace huxin::assess
