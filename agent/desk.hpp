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

/// Keeps count of what lies on the terminal. Called by any thread.
class StockKeeper {
 public:
  virtual ~StockKeeper() = default;
  /// A version was inspected and stays where it is.
  virtual void seen(const std::filesystem::path& path, const FileVersion& version,
                    const inspect::Judgement& judgement) = 0;
  /// A file was taken away.
  virtual void gone(const std::filesystem::path& path) = 0;
};

/// What every channel works with. Owned by the Agent, which outlives its channels.
struct Desk {
  inspect::Inspector& inspector;
  Recorder& recorder;
  journal::Journal& journal;
  std::shared_ptr<watch::OwnProcesses> own;
  std::shared_ptr<const Clock> clock;
  StockKeeper* stock = nullptr;  ///< hears of every file at rest that was inspected; null: nobody
};

}  // namespace huxin::agent
