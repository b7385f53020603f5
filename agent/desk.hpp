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

/// What a sensor did not see or let pass, by kind, since it started. Sent with every heartbeat. The
/// counters are absolute; one that goes down belongs to a part that was started anew.
using Losses = std::map<std::string, std::uint64_t>;

/// Keeps count of what lies on the terminal. Called by any thread.
class StockKeeper {
 public:
  virtual ~StockKeeper() = default;
  /// A version was inspected and stays where it is. `judgement.inspected` holds; the version may
  /// have changed since.
  virtual void seen(const std::filesystem::path& path, const FileVersion& version,
                    const inspect::Judgement& judgement) = 0;
  /// A file was taken away. It is in quarantine, or destroyed; the path may hold a new file
  /// already.
  virtual void gone(const std::filesystem::path& path) = 0;
};

/// What every channel works with. Owned by the Agent, which outlives its channels. Copied freely:
/// it holds references and shared pointers only.
struct Desk {
  inspect::Inspector& inspector;
  Recorder& recorder;
  journal::Journal& journal;
  /// Processes whose file events are the agent's own doing.
  std::shared_ptr<watch::OwnProcesses> own;
  std::shared_ptr<const Clock> clock;
  StockKeeper* stock = nullptr;  ///< hears of every file at rest that was inspected; null: nobody
};

}  // namespace huxin::agent
