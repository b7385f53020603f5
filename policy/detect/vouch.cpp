#include "policy/detect/vouch.hpp"

#include <algorithm>

namespace huxin::detect {
namespace {

constexpr KindSet kVouching{Kind::kResidentId, Kind::kResidencePermit,
                            Kind::kPermanentResidenceCard, Kind::kName};
constexpr KindSet kVouchedFor{Kind::kMobile, Kind::kLandline, Kind::kForeignPhone,
                              Kind::kUnionPayCard, Kind::kInternationalCard};
constexpr double kSure = 0.8;
constexpr double kLess = 0.1;       // than beside a label
constexpr double kMostDoubt = 0.5;  // of what somebody's record makes good

}  // namespace

bool may_be_vouched_for(const Candidate& candidate) {
  return candidate.label == Label::kNone && kVouchedFor.has(candidate.kind) && !candidate.denied &&
         candidate.doubt <= kMostDoubt;
}

void vouch_for_numbers(const Engine& engine, std::span<Candidate> record) {
  const bool somebodys = std::ranges::any_of(record, [](const Candidate& candidate) {
    return kVouching.has(candidate.kind) && candidate.confidence >= kSure;
  });
  if (!somebodys) return;
  for (Candidate& candidate : record) {
    if (!may_be_vouched_for(candidate)) continue;
    candidate.confidence =
        std::max(candidate.confidence, engine.facts(candidate.kind).context - kLess);
  }
}

}  // namespace huxin::detect
