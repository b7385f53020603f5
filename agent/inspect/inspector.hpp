#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "agent/inspect/in_force.hpp"
#include "agent/inspect/scanner.hpp"
#include "policy/base/file.hpp"
#include "policy/base/secret.hpp"
#include "policy/record/record.pb.h"

namespace huxin::inspect {

/// What an inspection came to: the decision, and what is to be recorded of it.
struct Judgement {
  rule::Decision decision;
  ScanResult scan;
  bool inspected = false;  ///< false: no rule could have matched, nothing was looked at
  /// Refused before everything was looked at: what follows could not have changed that. Counts and
  /// severity are those of the beginning, and the incident's coverage reason is "stopped".
  bool early = false;
  /// A part was taken: all of them are judged together with the last one, or once a refusal is
  /// certain. Nothing is to be recorded yet.
  bool goes_on = false;
  std::optional<record::Incident> incident;  ///< set when the decision is to be recorded
  std::optional<record::Coverage> coverage;  ///< set when something was not inspected
  std::shared_ptr<const InForce> in_force;   ///< what it was judged by
  Bytes consent;  ///< keyed digest of the authorisation it rests on, as a credit report; else empty
};

/// What an event was about, as far as it can be read.
struct Content {
  Fd file;              ///< absent: nothing can be inspected, `coverage_reason` says why
  std::string name;     ///< starts the provenance of findings
  bool urgent = false;  ///< somebody waits for the answer
  /// For the scan; a decision by place alone takes none of it.
  std::chrono::milliseconds deadline{5000};
  std::string
      coverage_reason;  ///< the sensor could not take all of it ("too_large", "unknown_protocol")
  bool always = false;  ///< look at it even if no rule could match, to know what it holds
  /// A refusal is wanted as soon as it is certain: Judgement::early.
  bool refuse_early = false;
  Part part{};  ///< of content that comes in parts
};

/// Leads one event from its content to a decision: cheap predicates first, then the scanner, then
/// the rules.
///
/// Thread-safe; blocks as long as the scanner does. Owns nothing but the policy in force.
///
/// Never fails: what cannot be inspected is judged by what is known of the event, and its coverage
/// says so. Every judgement is whole under one policy, whatever is put in force meanwhile.
class Inspector {
 public:
  /// Says which teller is bound to an account at the moment; from any thread.
  using Tellers = std::function<rule::Teller(const std::string& user)>;

  /// `scanner` is borrowed. `digest_key` is the bank's, 32 bytes. `tellers` must not block.
  Inspector(Scanner& scanner, Secret digest_key, Tellers tellers = {})
      : scanner_(scanner), digest_key_(std::move(digest_key)), tellers_(std::move(tellers)) {}

  /// Replaces what is in force; judgements under way finish by the old. Never null. To be called
  /// once before the first judgement.
  void put_in_force(std::shared_ptr<const InForce> in_force);
  /// Null before the first put_in_force().
  std::shared_ptr<const InForce> in_force() const;

  /// Takes the event's teller from the binding of its user, unless the sensor knew one.
  Judgement judge(rule::Event event, Content content);
  /// The same by something else than what is in force.
  Judgement judge(rule::Event event, Content content, std::shared_ptr<const InForce> by);

 private:
  ScanResult scan(Content content, detect::Enough enough);
  void decide(const rule::Event& event, Judgement& judgement);

  Scanner& scanner_;
  const Secret digest_key_;
  const Tellers tellers_;
  mutable std::mutex mutex_;
  std::shared_ptr<const InForce> in_force_;
};

/// The difference between branch time and UTC at a moment, as the machine's time zone has it. East
/// of Greenwich is positive.
std::chrono::minutes local_offset(Time time);

}  // namespace huxin::inspect
