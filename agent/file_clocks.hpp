#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/inspect/in_force.hpp"
#include "agent/inspect/scanner.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/file.hpp"
#include "policy/base/file_version.hpp"
#include "policy/base/secret.hpp"
#include "policy/order/statement.hpp"
#include "policy/retention/judge.hpp"

namespace huxin::agent {

/// What is in force now, for its holds: customers under an open investigation or in a dispute.
using InForceNow = std::function<std::shared_ptr<const inspect::InForce>()>;

/// Asks the retention clocks about a file, after looking into it anew: what it holds decides which
/// clocks run. Thread-safe; blocks as long as the scanner does. References are borrowed. The digest
/// key finds customers on hold by their values' digests.
class FileClocks {
 public:
  FileClocks(inspect::Scanner& scanner, const retention::Table& table, InForceNow in_force,
             const Secret& digest_key, const Clock& clock)
      : scanner_(scanner),
        table_(table),
        in_force_(std::move(in_force)),
        digest_key_(digest_key),
        clock_(clock) {}

  /// Without may_go, `why` is never empty.
  struct Verdict {
    bool may_go = false;
    bool passing = false;  ///< nothing could be found out just now: trying again may help
    std::string why;       ///< why it may not go, for people, Chinese and English
    /// One for each record class that is in it; empty if it was not inspected.
    std::vector<order::ClockReading> readings;
  };
  /// The terms count from the file's newest time. A file that cannot be inspected whole may not go:
  /// nobody knows which clocks run.
  /// The newest time is the later of mtime and ctime: setting the one back does not shorten a term.
  /// One inspection takes at most 60 s. A file with too many values to check each against the holds
  /// may not go while there are any. `path` is only repeated in the readings; `name` helps to tell
  /// the format. `file` is read from its start and closed.
  Verdict ask(Fd file, const FileVersion& version, std::string_view path,
              std::string_view name) const;

 private:
  bool on_hold(const detect::Inspection& inspection, const bundle::DigestList& holds,
               Time now) const;

  inspect::Scanner& scanner_;
  const retention::Table& table_;
  const InForceNow in_force_;
  const Secret& digest_key_;
  const Clock& clock_;
};

}  // namespace huxin::agent
