#pragma once
#include <string>

#include "agent/desk.hpp"

namespace huxin::agent {

/// An open that was refused before its file was looked at whole, until its incident is recorded:
/// with the counts of the whole file if that could be inspected afterwards, else with those of the
/// beginning ("stopped"). Recorded exactly once, at the latest when this goes. One thread at a
/// time.
class EarlyRefusal {
 public:
  /// `judgement` is early. `file`: what was judged, for looking at it again.
  EarlyRefusal(Desk desk, rule::Event event, Fd file, std::string name,
               inspect::Judgement judgement);
  ~EarlyRefusal();
  EarlyRefusal(const EarlyRefusal&) = delete;
  EarlyRefusal& operator=(const EarlyRefusal&) = delete;

  /// What became of the open: the incident's outcome.
  void set_outcome(std::string outcome) { outcome_ = std::move(outcome); }
  /// Inspects the whole file under the policy it was refused by, in the time of background work,
  /// and records what that comes to. A file that changed meanwhile, and would not be refused any
  /// more, is recorded as it was refused.
  void look_whole();

 private:
  void record(inspect::Judgement& judgement);

  Desk desk_;
  rule::Event event_;
  Fd file_;
  std::string name_;
  inspect::Judgement early_;
  std::string outcome_;
  bool recorded_ = false;
};

}  // namespace huxin::agent
