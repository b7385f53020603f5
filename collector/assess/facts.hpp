#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "collector/assess/branch.hpp"
#include "collector/assess/inspection.hpp"
#include "policy/rule/event.hpp"

namespace huxin::assess {

/// One terminal on one day, as its heartbeats told. A silence of up to 15 minutes still counts as
/// heard of.
struct PresenceDay {
  std::int64_t day = 0;
  Time first{}, last{};         ///< heartbeats
  std::int64_t on_ms = 0;       ///< from the first to the last
  std::int64_t watched_ms = 0;  ///< of these: heard of, with no sensor blind
  /// Contents that the terminal told it could not inspect, by the day of arrival.
  std::uint64_t not_inspected = 0;
};

/// Enrolled before `until`. Policy and channels are of the last heartbeat, also in a closed month.
struct TerminalFact {
  std::string id, hostname;
  std::string said;    ///< the branch as its token said
  std::string branch;  ///< code; empty: unmapped
  Time enrolled{};
  std::optional<Time> revoked;
  /// The epoch: never heard.
  Time last_seen{};
  std::string policy_version, policy_error;
  std::map<std::string, std::string> channels;
  std::vector<PresenceDay> days;  ///< of the month, ascending
};

/// What assessing needs of an incident; no values, no paths but what the item texts ask for. Names,
/// paths and destinations are the terminal's words, with their numbers hidden.
struct IncidentFact {
  std::string id, terminal;
  std::string branch;  ///< code; empty: unmapped
  Time received{};
  Time time{};  ///< by the terminal's clock
  std::vector<Domain> domains;
  /// Catalogue numbers, each once: 69 is D69.
  std::vector<std::uint32_t> elements;
  std::vector<std::string> clauses;
  rule::Stage stage = rule::Stage::kUse;
  rule::Channel channel = rule::Channel::kFile;
  rule::Action action = rule::Action::kAudit;
  std::string outcome, user, process, path, destination;
  /// The teller's number without its institution; empty: not known, not asked.
  std::string teller, authorisation;
  std::uint32_t severity = 0;  ///< 1 … 4
  bool inspected = true;       ///< false: the rule acted on what could not be inspected
  bool confidential = false;   ///< anti-money-laundering: for its reviewers alone

  /// Is an element from `first` to `last` in it?
  bool has(std::uint32_t first, std::uint32_t last) const {
    for (const std::uint32_t element : elements) {
      if (element >= first && element <= last) return true;
    }
    return false;
  }
};

/// What officers concluded of incidents, as it stood at Facts::until. A case with incidents of
/// several branches is a fact of each of them.
struct CaseFact {
  std::string id, branch;
  std::vector<Domain> domains;  ///< of the branch's incidents in it; empty: all four
  std::uint32_t severity = 0;
  bool confidential = false;
  Time discovered{};              ///< when its first incident arrived
  std::optional<Time> reviewed;   ///< the first verdict
  std::optional<Time> confirmed;  ///< the first "confirmed", unless it was taken back since
};

/// One order, signed before `until`; it belongs to the month in which it was done, or fell due.
struct DestructionFact {
  std::string order, branch, certificate;
  std::vector<Domain> domains;
  /// The order's expiry.
  Time due{};
  /// By the terminal's clock; of an order done in part, too.
  std::optional<Time> done;
  /// Approved by another than the executor; the re-scan found nothing; a term or a hold stood
  /// against it.
  bool two_people = false, residue_clean = false, refused_by_term = false;
  bool confidential = false;
};

/// What lies on a terminal, as its newest discovery run of the month summed it up.
struct InventoryFact {
  std::string terminal, branch;
  Time ended{};
  bool complete = false;
  std::uint64_t files = 0, not_inspected = 0, overdue = 0;
  std::map<std::uint32_t, std::uint64_t> elements;  ///< files in which each was found
};

struct AccountFact {
  std::string name, roles;
  bool disabled = false;
  std::string fault;  ///< why it may not hold these roles; empty: it may
};

/// Everything that is known of a month, out of the collector's tables. A source that is not kept
/// yet is nullopt: its figures have no data, which is not the same as nothing having happened. Pure
/// data: nothing in here changes while a month is assessed.
struct Facts {
  Period period = Period::containing(Time{});
  Time until{};  ///< the end of the month, or now when it is open
  std::vector<Branch> branches;
  std::vector<Staff> staff;
  std::vector<TerminalFact> terminals;
  std::vector<IncidentFact> incidents;  ///< received within the month
  bool incidents_cut = false;           ///< there were over kMostIncidents
  std::optional<std::vector<CaseFact>> cases;
  std::optional<std::vector<DestructionFact>> destructions;
  std::optional<std::vector<InventoryFact>> inventories;
  std::vector<Inspection> inspections;  ///< submitted before `until`
  std::vector<Rectification> rectifications;
  std::vector<Mark> marks;  ///< of this month, standing
  std::vector<AccountFact> accounts;
  std::string policy_version;        ///< of the newest bundle; empty: none
  std::optional<Time> log_verified;  ///< when somebody last verified the chain
  std::map<std::string, std::uint64_t>
      chain_faults;  ///< by terminal: records missing or not linked
};
/// The first ones by arrival are kept; the rest of the month is not assessed.
inline constexpr std::size_t kMostIncidents = 200'000;

}  // namespace huxin::assess
