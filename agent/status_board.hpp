#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "agent/state.hpp"
#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::agent {

/// Shows a running agent's state to `huxin-agent status`: status.json in the state folder,
/// rewritten once a second when something changed. Root only, like the folder.
///
/// The file is one JSON object: pid, version, policy (its digest, hex), channels and losses by
/// name, as the heartbeat has them. Mode 0600, replaced in one step.
class StatusBoard {
 public:
  /// Called once a second, on the board's thread, until the board ends; may block a little.
  using Source = std::function<record::Heartbeat()>;

  /// A board that cannot be written is tried again each time; the log says when that begins, and
  /// when it is over.
  StatusBoard(const State& state, Source source,
              std::chrono::milliseconds period = std::chrono::seconds(1));
  /// Takes the file away: the agent is no longer running.
  ~StatusBoard();
  StatusBoard(const StatusBoard&) = delete;
  StatusBoard& operator=(const StatusBoard&) = delete;

 private:
  void show(std::string now);

  std::filesystem::path file_;
  Source source_;
  std::string shown_;
  std::optional<Errc> trouble_;  ///< why the last one could not be written
  std::jthread thread_;
};

/// Reads the board of the agent that runs on `state`; kUnavailable when none runs. The text as
/// written, at most 64 KiB. A killed agent leaves its file behind: when the process it names is
/// gone, none runs. kCorrupt: it is no such object.
Result<std::string> read_status(const State& state);

}  // namespace huxin::agent
