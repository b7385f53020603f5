#pragma once
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/detect/finding.hpp"
#include "policy/rule/event.hpp"

namespace huxin::rule {

/// What is read of pictures and of pages that are pictures.
struct PictureSettings {
  bool codes = true;  ///< QR codes and bars
  bool ocr = false;   ///< text, by Tesseract, which takes seconds a page
  /// 1,000,000 to 1,000,000,000.
  std::size_t max_pixels = std::size_t{64} << 20U;  ///< a larger picture is "too_large"
  /// 1 to 1,000, whose text is recognised, of a file; more are "too_many_pictures".
  std::size_t max_pages = 20;
  /// 100 ms to 10 min, for the text of one page; within the file's deadline.
  std::chrono::milliseconds page_deadline{20'000};
};

/// How what could not be inspected is handled, and how far inspection goes. All have safe defaults
/// and are set under `inspection:` in the policy.
struct InspectionSettings {
  /// 0 to 1; findings below it count for no rule.
  double min_confidence = 0.5;
  /// 1 KiB to 4 GiB.
  std::size_t max_bytes = std::size_t{64} << 20U;  ///< read as a whole; more is "too_large"
  /// 1 MiB to 16 GiB, of unpacked bytes of a file, and text that stands in none, in all.
  std::size_t max_output = std::size_t{256} << 20U;  ///< beyond it: "too_large"
  /// 10 to 100,000: unpacked bytes to packed ones, beyond the first 1 MiB.
  std::size_t max_ratio = 200;  ///< beyond it: "bomb"
  /// 1 to 1,000,000 members of archives, parts of mails; all levels.
  std::size_t max_entries = 10'000;  ///< beyond it: "too_many_entries"
  /// 1 to 32 archives in each other.
  std::size_t max_depth = 8;  ///< beyond it: "too_deep"
  /// 512 MiB to 16 GiB of address space of a worker, besides the file itself.
  std::size_t max_memory = std::size_t{1536} << 20U;  ///< beyond it: "worker_crashed"
  /// 10 ms to 10 min.
  std::chrono::milliseconds deadline{5000};  ///< per file in the background
  /// 10 ms to 10 s; somebody waits for it.
  std::chrono::milliseconds open_deadline{800};  ///< per permission decision
  bool fail_closed = false;  ///< no answer in time: deny (true) or let pass (false)
  PictureSettings pictures;
};

/// When and where an agent looks for what lies there already. Present in a policy: what lies on the
/// terminal is inventoried; absent: it is not.
struct DiscoverSettings {
  std::vector<std::string> folders;        ///< empty: those of `watch.directories`
  std::vector<std::string> exclude;        ///< globs, besides those of `watch.exclude`
  std::optional<std::chrono::minutes> at;  ///< local time of day; unset: only when asked for
  std::vector<std::chrono::weekday> days;  ///< empty: every day
  bool pause_when_busy = true;             ///< go slowly while the machine is at work for somebody
};

/// What an agent watches; paths are absolute. Without a key in the policy: no folders, clipboard
/// and network on.
struct WatchSettings {
  /// With everything below them.
  std::vector<std::string> directories;  ///< close-write and move events
  std::vector<std::string>
      guarded;  ///< mounts or directories whose opens are decided before they succeed
  std::vector<std::string> exclude;  ///< globs of paths never looked at
  bool clipboard = true;
  bool network = true;
  /// Destination ports of TCP connections that are redirected; at most 64.
  std::vector<std::uint16_t> ports{80, 443};
  std::vector<std::string> networks;  ///< CIDRs to intercept; empty: every destination
  std::vector<std::string>
      tunnel_hosts;     ///< globs of hosts passed through undecrypted, recorded as coverage
  bool notify = false;  ///< may a notice be shown? Silent unless asked
  /// Who may bind a teller to an account: globs of executables and of accounts. Without processes
  /// nobody may; without users every account may.
  std::vector<std::string> teller_processes, teller_users;
  std::optional<DiscoverSettings> discover;
};

/// What a place may gather of customers, and for which purpose (K02: no more than is necessary).
///
/// Where several profiles fit an event, the first one in the policy governs it. Authentication data
/// (C3) is in no profile: gathered at a governed place it is always surplus.
struct Profile {
  std::string id;      ///< "loan-application"
  std::string zh, en;  ///< the purpose, one line each
  /// Never one of C3: E023.
  std::set<catalog::ElementId> elements;  ///< what it may gather
  /// Where it governs, globs; one that fits is enough. Paths are of files; processes those that
  /// write, copy or send; sites the hosts that are uploaded to.
  std::vector<std::string> paths, processes, sites;
  std::chrono::days keep{0};  ///< how long copies stay before they are overdue; 0: no deadline
  std::size_t line = 0;
};

/// Does a credit report come with its customer's consent? As the authorisation list shipped with
/// the policy says it; kNone: there is no credit report. kExpired covers entries that are over and
/// those not begun. As told by the identity numbers in the report, without a purpose.
enum class Authorisation : std::uint8_t { kNone, kMatched, kMissing, kExpired };
std::string_view to_string(Authorisation);  ///< "", "matched", "missing", "expired"

/// What a rule asks for. Every list that is not empty must be met; entries of one list are
/// alternatives; an entry of a not_ list that fits excludes the event. Strings are globs (`*` any
/// run, also of '/', `?` one character; see glob.hpp), case-sensitive but for destinations.
/// `customers` and `findings` count only what `elements` and `level` ask for; where an inspection
/// had more findings than it lists, its totals are taken instead, which is never too few.
struct Match {
  /// The stage that the sensor saw fits, and so does kCollect at a governed place.
  std::vector<Stage> stages;
  std::vector<Channel> channels;
  std::set<catalog::ElementId> elements;
  std::optional<catalog::Level> level;  ///< findings of at least this level
  std::uint32_t customers = 0;          ///< at least this many distinct customers
  std::uint32_t findings =
      0;  ///< at least this many matching findings; 0 is 1 if elements or level are asked for
  /// Only findings whose values the bank's own list of customers has count, and their customers.
  /// At least one is needed.
  bool exact = false;
  /// At least this share of one of the bank's own documents was seen; 0: not asked for.
  double fingerprint = 0;
  std::vector<std::string> documents;  ///< globs of their names; empty: any. With fingerprint alone
  std::vector<std::string> users, processes, paths, destinations, operations;
  std::vector<std::string> not_users, not_processes, not_paths, not_destinations;
  /// [from, to) in local time; may wrap midnight, and then belongs to the day on which it began.
  std::optional<std::pair<std::chrono::minutes, std::chrono::minutes>> time_of_day;
  std::vector<std::chrono::weekday> weekdays;
  std::vector<std::string>
      coverage;  ///< reasons ("encrypted", "too_large"): matches what could not be inspected
  std::vector<std::string> profiles;  ///< ids: the place is governed by one of them
  bool surplus = false;  ///< findings hold elements that the place's profile does not allow
  bool overdue = false;  ///< a copy kept longer than its profile allows
  std::vector<Authorisation> authorisations;       ///< of the credit report that was found
  std::vector<std::string> tellers, institutions;  ///< never met while nobody is bound
  std::vector<std::string> not_tellers, not_institutions;

  /// Does it depend on what is inside? What could not be inspected counts too.
  bool asks_inspection() const {
    return asks_content() || !coverage.empty() || surplus || !authorisations.empty() ||
           fingerprint > 0;
  }
  /// Elements, level, customers, findings or exact; false: findings play no part.
  bool asks_content() const {
    return !elements.empty() || level || customers > 0 || findings > 0 || exact;
  }
};

/// Ids are unique in a policy. What a rule says in zh and en goes into incidents as it is.
struct Rule {
  std::string id;      ///< "use-upload-bulk"
  std::string zh, en;  ///< one sentence each, shown to officers
  Match match;
  Action action = Action::kAudit;
  std::optional<Severity> severity;  ///< unset: graded by customers and level (see grade())
  std::vector<std::string> domains;  ///< credit, payment, aml, it
  std::vector<std::string> clauses;  ///< ids of the clause data file: "K08"
  std::size_t line = 0;              ///< where in the source it stands, for reports
};

/// kSimulate decides and records as kEnforce does, and enforces nothing beyond auditing.
enum class Mode : std::uint8_t { kSimulate, kEnforce };

/// A compiled policy. Immutable; share freely.
struct Policy {
  std::string id;       ///< "branch-default"
  std::string version;  ///< "2026.03.1"
  Mode mode = Mode::kSimulate;
  InspectionSettings inspection;
  WatchSettings watch;
  std::vector<Profile> profiles;
  std::vector<Rule> rules;
  /// Incidents carry it: it names the policy exactly, whatever its version says.
  Bytes digest;  ///< SHA-256 of the source text
};

/// What an inspection learned, as rules see it. Borrowed for one decision.
struct Summary {
  const detect::Inspection* inspection = nullptr;  ///< null: not inspected
  std::string coverage_reason;                     ///< "encrypted", …; empty when inspected whole
  Authorisation authorisation = Authorisation::kNone;
};

/// Why one rule did or did not apply, for people. A step with an empty rule says how many more
/// matched.
struct TraceStep {
  std::string rule;
  bool matched = false;
  std::string reason;  ///< "customers 3 < 10", "destination host.example matched *.example"
};

/// What is to be done. A value of its own: nothing in it refers to policy or event.
struct Decision {
  Action action = Action::kAllow;       ///< what is enforced (kAudit at most in simulate mode)
  Action would = Action::kAllow;        ///< what enforce mode would have done
  Severity severity = Severity::kNone;  ///< the gravest of all rules that matched
  std::string rule;                     ///< id of the winning rule; empty: none matched
  std::string zh, en;                   ///< its sentences
  std::vector<std::string> domains, clauses;  ///< of all rules that matched, sorted
  std::vector<TraceStep> trace;  ///< every rule that matched, and the reasons of near misses
  bool record = false;        ///< an incident is to be written (some rule other than allow matched)
  Stage stage = Stage::kUse;  ///< the event's, or kCollect at a place that a profile governs
  std::string profile;        ///< id of the profile that governs the place; empty: none
  std::vector<catalog::ElementId> surplus;             ///< found, and not in the profile; sorted
  Authorisation authorisation = Authorisation::kNone;  ///< as the summary had it
};

/// What an action comes to on a channel. Only the clipboard can mask; elsewhere masking becomes
/// blocking where something can still be held back (file_open, network, print) and auditing where
/// it cannot (file, removable). A file already written cannot be blocked: on `file` blocking is
/// auditing, on `removable` it takes the file off the medium (quarantine). Quarantine blocks where
/// there is no file of ours to move. Allowing and auditing stay what they are everywhere.
Action effective(Action action, Channel channel);

/// The profile that governs the place of an event; null: none. Lives as long as the policy.
const Profile* profile_of(const Policy& policy, const Event& event);

/// The stage an event counts as: what is written to a governed place, or sent to one, is collected.
/// Opens and copies there stay uses; a rule for the stage that the sensor saw still matches, since
/// a file that was gathered is also at rest.
Stage stage_of(const Event& event, const Profile* profile);

/// Is a copy that was gathered at `gathered` kept longer than the profile allows? A profile without
/// a deadline keeps for ever.
bool overdue(const Profile& profile, Time gathered, Time now);

/// Decides in time linear in the number of rules. Pure: same input, same decision. `local_offset`
/// turns the event's UTC time into branch time.
///
/// Every rule is asked. The most restrictive effective action wins, a tie goes to the graver
/// severity, then to the earlier rule; nothing else depends on the order of rules. An allow rule
/// never overrides a stricter one (exceptions are written as `not:` lists): it only shows in the
/// trace. Findings below the policy's min_confidence do not count. At most 100 matched rules and 20
/// near misses are in the trace. The policy may be shared between threads.
Decision decide(const Policy& policy, const Event& event, const Summary& summary,
                std::chrono::minutes local_offset);

/// Says whether any rule but allow could match before content is known; what cannot is never
/// extracted. Sound: false means that decide() records nothing, whatever is inside.
bool may_match(const Policy& policy, const Event& event, std::chrono::minutes local_offset);

/// Does a match ask for copies past their deadline, by `overdue` or by naming that operation?
bool asks_overdue(const Match& match);

/// Grades by distinct customers and level: S1 any C3 leaving (network, removable, print), ≥ 1000
/// customers or an STR (D71) disclosed; S2 ≥ 100 or a credit report (D69) disclosed; S3 ≥ 10, C2 or
/// C3 at rest, C3 anywhere else; S4 the rest. At rest is the channel `file`; everything else
/// discloses.
Severity grade(const Event& event, const detect::Inspection& inspection);

}  // namespace huxin::rule
