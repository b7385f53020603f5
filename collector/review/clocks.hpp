#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

/// How the security officer's work goes: clocks, checklists, the life of a case, evidence under
/// dual control. Pure: what it decides, collector/store keeps and collector/api asks.
namespace huxin::review {

/// What a severity means, and how long its case may take. due: from opening to closing, at most a
/// year.
struct Grade {
  std::uint32_t severity = 0;  ///< 1..4
  std::string zh, en;
  std::chrono::minutes due{};
  /// Where the figure was read, and on which day it was last compared.
  std::string source, checked;
};

/// By when a first report to somebody is due, from "discovered".
/// A clock tells; nothing is reported by itself. That it was done is a mark that a person sets.
struct ReportClock {
  std::string id;            ///< "nfra"
  std::string to_zh, to_en;  ///< to whom
  /// In which case, in words, beyond what the fields below can say.
  std::string when_zh, when_en;
  /// Those for which it runs, 1 to 4; a severity that is not here does not start it.
  std::vector<std::uint32_t> severities;
  std::vector<std::string> domains;  ///< empty: all
  bool left = false;                 ///< only when data left the terminal
  std::chrono::minutes first{};      ///< zero: at once
  bool draft = false;                ///< the figure is a draft's
  std::string source, checked;
};

/// Did the data leave the terminal, or was it let? An upload, a copy to a removable medium or a
/// print that was neither blocked, masked nor quarantined. An action that came to nothing (a block
/// whose outcome failed) counts as what was decided.
bool has_left(const record::Incident& incident);

/// Severities, clocks and first-report deadlines as clocks.yaml states them. Immutable; share
/// freely.
class Clocks {
 public:
  /// Reads a clocks file (at most 1 MiB); kInvalid names origin, line, column and what is wrong.
  /// kTooLarge over the size. An id stands once in the file, grades and clocks together.
  static Result<Clocks> parse(std::string_view yaml, std::string_view origin);
  /// The file shipped with the program. Parsed at the first call, thread-safe; lives as long as the
  /// program.
  static const Clocks& builtin();

  /// nullptr for a severity that is not graded.
  const Grade* grade(std::uint32_t severity) const;
  /// When a case of this severity that is opened at `opened` is due; a severity without a grade has
  /// the longest term.
  Time due(std::uint32_t severity, Time opened) const;
  /// The clocks that run for incidents judged to be of `severity` together, the shortest first. One
  /// incident that concerns a clock starts it. Pointers live as long as this object.
  std::vector<const ReportClock*> running(std::uint32_t severity,
                                          const std::vector<record::Incident>& incidents) const;
  /// nullptr when there is no such clock.
  const ReportClock* find(std::string_view id) const;
  /// What the console shows beside every deadline: that the bank's own counsel decides.
  const std::string& notice_zh() const { return notice_zh_; }
  const std::string& notice_en() const { return notice_en_; }

 private:
  std::vector<Grade> grades_;
  std::vector<ReportClock> clocks_;
  std::string notice_zh_, notice_en_;
};

}  // namespace huxin::review
