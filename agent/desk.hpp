#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "agent/inspect/inspector.hpp"
#include "agent/journal/journal.hpp"
#include "agent/recorder.hpp"
#include "agent/watch/actor.hpp"
#include "policy/base/clock.hpp"

namespace huxin::agent {

/// What a sensor did not see or let pass, by kind, since it started. Sent with every heartbeat.
using Losses = std::map<std::string, std::uint64_t>;

/// What every channel works with. Owned by the Agent, which outlives its channels.
struct Desk {
  inspect::Inspector& inspector;
  Recorder& recorder;
  journal::Journal& journal;
  std::shared_ptr<watch::OwnProcesses> own;
  std::shared_ptr<const Clock> clock;
};

}  // namespace huxin::agent
