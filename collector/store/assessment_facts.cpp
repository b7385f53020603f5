#include <algorithm>
#include <array>

#include "collector/assess/json.hpp"
#include "collector/store/assessment_matters.hpp"
#include "collector/store/query.hpp"
#include "collector/store/role.hpp"
#include "collector/store/sealed_assessment.hpp"
#include "policy/record/confidential.hpp"

namespace huxin::store {
namespace {

using assess::Facts;

constexpr auto kSilence = std::chrono::minutes(15);  // three heartbeats of five minutes
constexpr std::size_t kAllStaff = 1'000'000;

/// Fills Facts table by table, for one month.
class Gather {
 public:
  Gather(certs::SealedDatabase& db, Facts& facts) : db_(db), facts_(facts) {}

  Status all() {
    Status done = terminals();
    if (done) done = channels();
    if (done) done = presence();
    if (done) done = coverage();
    if (done) done = incidents();
    if (done) done = accounts();
    if (done) done = chain_faults();
    if (done) done = policy();
    if (done) done = gather_matters(db_, facts_);
    return done;
  }

 private:
  std::int64_t first_day() const { return assess::bank_day(facts_.period.begin()); }
  std::int64_t end_day() const { return assess::bank_day(facts_.period.end()); }
  std::string code_of(std::string_view said) const {
    const assess::Branch* const branch = assess::branch_named(facts_.branches, said);
    return branch == nullptr ? std::string{} : branch->code;
  }
  assess::TerminalFact* terminal(std::string_view id) {
    const auto found = std::ranges::find(facts_.terminals, id, &assess::TerminalFact::id);
    return found == facts_.terminals.end() ? nullptr : &*found;
  }

  Status terminals() {
    return each(query(db_,
                      "SELECT id, hostname, branch, enrolled, revoked, last_seen, policy_version, "
                      "policy_error FROM terminals WHERE enrolled < ? ORDER BY number",
                      facts_.until),
                [&](const certs::Statement& row) -> Status {
                  assess::TerminalFact found;
                  found.id = row.text(0);
                  found.hostname = row.text(1);
                  found.said = row.text(2);
                  found.branch = code_of(found.said);
                  found.enrolled = time_at(row, 3);
                  if (!row.is_null(4)) found.revoked = time_at(row, 4);
                  found.last_seen = time_at(row, 5);
                  found.policy_version = row.text(6);
                  found.policy_error = row.text(7);
                  facts_.terminals.push_back(std::move(found));
                  return {};
                });
  }

  Status channels() {
    return each(
        query(db_, "SELECT terminal, name, value FROM terminal_state WHERE kind = 'channel'"),
        [&](const certs::Statement& row) -> Status {
          if (auto* const of = terminal(row.text(0))) of->channels[row.text(1)] = row.text(2);
          return {};
        });
  }

  Status presence() {
    return each(query(db_,
                      "SELECT terminal, day, first, last, on_ms, watched_ms FROM presence WHERE "
                      "day >= ? AND day < ? ORDER BY terminal, day",
                      first_day(), end_day()),
                [&](const certs::Statement& row) -> Status {
                  if (auto* const of = terminal(row.text(0)))
                    of->days.push_back({row.integer(1), time_at(row, 2), time_at(row, 3),
                                        row.integer(4), row.integer(5), 0});
                  return {};
                });
  }

  Status coverage() {
    return each(
        query(db_, "SELECT terminal, day, count FROM daily_coverage WHERE day >= ? AND day < ?",
              first_day(), end_day()),
        [&](const certs::Statement& row) -> Status {
          auto* const of = terminal(row.text(0));
          if (of == nullptr) return {};
          const std::int64_t day = row.integer(1);
          auto at = std::ranges::lower_bound(of->days, day, {}, &assess::PresenceDay::day);
          if (at == of->days.end() || at->day != day)
            at = of->days.insert(at, assess::PresenceDay{.day = day});
          at->not_inspected = count_at(row, 2);
          return {};
        });
  }

  Status incidents() {
    return each(
        query(db_,
              "SELECT id, terminal, received, summary, (SELECT outcome FROM outcomes o "
              "WHERE o.terminal = i.terminal AND o.incident = i.id) FROM incidents i WHERE "
              "received >= ? AND received < ? ORDER BY received, terminal, sequence LIMIT ?",
              facts_.period.begin(), std::min(facts_.period.end(), facts_.until),
              assess::kMostIncidents + 1),
        [&](const certs::Statement& row) -> Status {
          if (facts_.incidents.size() == assess::kMostIncidents) {
            facts_.incidents_cut = true;
            return {};
          }
          facts_.incidents.push_back(incident_of(row));
          return {};
        });
  }

  assess::IncidentFact incident_of(const certs::Statement& row) {
    record::Incident incident;
    const Bytes summary = row.blob(3);
    if (!incident.ParseFromArray(summary.data(), static_cast<int>(summary.size())))
      incident.Clear();
    assess::IncidentFact fact;
    fact.id = row.text(0);
    fact.terminal = row.text(1);
    if (const auto* const of = terminal(fact.terminal)) fact.branch = of->branch;
    fact.received = time_at(row, 2);
    fact.time = Time(std::chrono::milliseconds(incident.time_ms()));
    fill(fact, incident);
    if (!row.is_null(4)) fact.outcome = row.text(4);
    return fact;
  }

  static void fill(assess::IncidentFact& fact, const record::Incident& incident) {
    for (const std::string& domain : incident.domains()) {
      if (domain == "all") fact.domains.assign(assess::kDomains.begin(), assess::kDomains.end());
      const auto known = assess::domain_from(domain);
      if (known && std::ranges::find(fact.domains, *known) == fact.domains.end())
        fact.domains.push_back(*known);
    }
    for (const auto& count : incident.counts()) fact.elements.push_back(count.element());
    fact.clauses.assign(incident.clauses().begin(), incident.clauses().end());
    fact.stage = static_cast<rule::Stage>(std::clamp(incident.stage(), 1U, 4U));
    fact.channel = static_cast<rule::Channel>(std::clamp(incident.channel(), 1U, 6U));
    fact.action = static_cast<rule::Action>(std::clamp(incident.action(), 1U, 5U));
    fact.outcome = incident.outcome();
    fact.user = incident.user();
    fact.process = incident.process();
    fact.path = incident.path();
    fact.destination = incident.destination();
    fact.teller = incident.teller().teller();
    fact.authorisation = incident.authorisation();
    fact.severity = incident.severity();
    fact.inspected = incident.coverage_reason().empty();
    fact.confidential = record::is_aml_confidential(incident);
  }

  Status accounts() {
    return each(query(db_, "SELECT name, role, disabled FROM users ORDER BY name"),
                [&](const certs::Statement& row) -> Status {
                  const auto roles = roles_from(row.text(1));
                  facts_.accounts.push_back(
                      {row.text(0), row.text(1), row.integer(2) != 0,
                       std::string(roles ? exclusion_fault(*roles) : "unknown roles")});
                  return {};
                });
  }

  Status chain_faults() {
    return each(query(db_,
                      "SELECT t.id, t.accepted_through - (SELECT count(*) FROM records r WHERE "
                      "r.terminal = t.id) + (SELECT count(*) FROM gaps g WHERE g.terminal = t.id "
                      "AND what = 'previous mismatch') FROM terminals t"),
                [&](const certs::Statement& row) -> Status {
                  if (row.integer(1) > 0) facts_.chain_faults[row.text(0)] = count_at(row, 1);
                  return {};
                });
  }

  Status policy() {
    const auto version = first(
        query(db_, "SELECT version FROM bundles WHERE published < ? ORDER BY serial DESC LIMIT 1",
              facts_.until),
        [](const certs::Statement& row) { return row.text(0); });
    if (!version) return std::unexpected(version.error());
    facts_.policy_version = version->value_or("");
    return {};
  }

  certs::SealedDatabase& db_;
  Facts& facts_;
};

/// What watches; the others (sandbox, watchdog, teller, discovery) tell of something else.
constexpr std::array<std::string_view, 6> kSensors{"file",    "file_open", "clipboard",
                                                   "network", "removable", "print"};

/// A state in which what should be watched is not. A path of the policy that this terminal does not
/// have ("degraded: 1 of 2 guarded paths missing: …") holds nothing to watch; one that could not be
/// watched ("… paths not guarded: …", "…; 1 not guarded: …") does.
bool is_blind(std::string_view state) {
  if (state == "ok" || state == "off" || state == "no session") return false;
  return !state.starts_with("degraded: ") || !state.contains(" paths missing: ") ||
         state.contains("; ");
}

}  // namespace

Status keep_presence(certs::SealedDatabase& db, std::string_view terminal,
                     const std::map<std::string, std::string>& channels, Time now) {
  const bool watching = std::ranges::none_of(kSensors, [&](std::string_view sensor) {
    const auto state = channels.find(std::string(sensor));
    return state != channels.end() && is_blind(state->second);
  });
  return run(db,
             "INSERT INTO presence (terminal, day, first, last, on_ms, watched_ms) VALUES (?1, ?2, "
             "?3, ?3, 0, 0) ON CONFLICT (terminal, day) DO UPDATE SET on_ms = on_ms + max(0, "
             "excluded.last - last), watched_ms = watched_ms + CASE WHEN ?4 AND excluded.last - "
             "last BETWEEN 0 AND ?5 THEN excluded.last - last ELSE 0 END, last = max(last, "
             "excluded.last)",
             terminal, assess::bank_day(now), now, watching,
             std::chrono::milliseconds(kSilence).count());
}

Status keep_daily_coverage(certs::SealedDatabase& db, std::string_view terminal,
                           std::uint64_t count, Time now) {
  return run(db,
             "INSERT INTO daily_coverage (terminal, day, count) VALUES (?, ?, ?) ON CONFLICT "
             "(terminal, day) DO UPDATE SET count = count + excluded.count",
             terminal, assess::bank_day(now), count);
}

Result<Facts> SealedAssessment::facts(const assess::Period& period, Time now) {
  Facts facts;
  facts.period = period;
  facts.until = std::min(period.end(), now + std::chrono::milliseconds(1));  // this one counts
  auto tree = branches();
  if (!tree) return std::unexpected(tree.error());
  facts.branches = std::move(*tree);
  auto everybody = staff({}, 0, kAllStaff);
  if (!everybody) return std::unexpected(everybody.error());
  facts.staff = std::move(everybody->staff);
  auto visits = inspections({});
  if (!visits) return std::unexpected(visits.error());
  std::erase_if(*visits, [&](const assess::Inspection& visit) {
    return !visit.submitted || *visit.submitted >= facts.until;
  });
  facts.inspections = std::move(*visits);
  auto ledger = rectifications();
  if (!ledger) return std::unexpected(ledger.error());
  std::erase_if(*ledger, [&](const auto& entry) { return entry.opened >= facts.until; });
  facts.rectifications = std::move(*ledger);
  auto book = marks();
  if (!book) return std::unexpected(book.error());
  facts.marks = assess::standing(*book);
  std::erase_if(facts.marks, [&](const assess::Mark& mark) { return mark.period != period; });
  const std::lock_guard lock(db_.reading);
  if (Status done = Gather(db_.reader, facts).all(); !done) return std::unexpected(done.error());
  return facts;
}

}  // namespace huxin::store
