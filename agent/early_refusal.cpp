#include "agent/early_refusal.hpp"

namespace huxin::agent {
namespace {

/// Whoever was signed on when the file was opened, even if somebody else is by now.
void tell_teller(const record::Incident& early, record::Incident& whole) {
  whole.clear_teller();
  if (early.has_teller()) *whole.mutable_teller() = early.teller();
}

}  // namespace

EarlyRefusal::EarlyRefusal(Desk desk, rule::Event event, Fd file, std::string name,
                           inspect::Judgement judgement)
    : desk_(desk),
      event_(std::move(event)),
      file_(std::move(file)),
      name_(std::move(name)),
      early_(std::move(judgement)) {}

EarlyRefusal::~EarlyRefusal() {
  if (!recorded_) record(early_);
}

void EarlyRefusal::look_whole() {
  const auto deadline = early_.in_force->policy->inspection.deadline;
  inspect::Judgement whole = desk_.inspector.judge(
      event_, {.file = std::move(file_), .name = name_, .deadline = deadline}, early_.in_force);
  const bool refused = whole.incident && whole.decision.action >= rule::Action::kBlock;
  if (refused) {
    tell_teller(*early_.incident, *whole.incident);
  } else {
    whole.incident = std::move(early_.incident);
  }
  record(whole);
}

void EarlyRefusal::record(inspect::Judgement& judgement) {
  recorded_ = true;
  if (judgement.coverage) desk_.recorder.coverage(*std::move(judgement.coverage));
  if (!judgement.incident) return;
  judgement.incident->set_outcome(outcome_);
  desk_.recorder.incident(*std::move(judgement.incident));
}

}  // namespace huxin::agent
