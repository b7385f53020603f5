#include "collector/store/assessment_matters.hpp"

#include <algorithm>
#include <set>

#include "collector/store/cases.hpp"
#include "collector/store/orders.hpp"
#include "collector/store/query.hpp"
#include "collector/store/sealed_assessment.hpp"
#include "policy/record/record.pb.h"

namespace huxin::store {
namespace {

using assess::Facts;

constexpr std::string_view kConfirmed = "confirmed";
constexpr std::uint64_t kMostFiles = 1'000'000'000'000;  // more than any terminal truly has

/// One line of a case's history, as far as facts ask for it.
struct Line {
  Time time;
  std::string what, from, to;
};

/// What a case's history says of it at a moment, whatever was added since.
class CaseThen {
 public:
  CaseThen(std::uint32_t severity_now, Time until) : severity_(severity_now), until_(until) {}

  /// Lines come in the order in which they were written.
  void read(const Line& line) {
    if (line.time >= until_) return undo(line);
    if (line.what == "verdict") {
      if (!reviewed_) reviewed_ = line.time;
      if (line.to == kConfirmed && !confirmed_) confirmed_ = line.time;
      stands_ = line.to == kConfirmed;
    } else if (line.what == "state" && line.from == to_string(CaseState::kClosed)) {
      stands_ = false;  // reopened: the verdict is taken back
    }
  }
  bool had(const std::string& incident) const { return !later_.contains(incident); }
  std::uint32_t severity() const { return severity_; }
  std::optional<Time> reviewed() const { return reviewed_; }
  std::optional<Time> confirmed() const { return stands_ ? confirmed_ : std::nullopt; }

 private:
  void undo(const Line& line) {
    if (line.what == "incident") later_.insert(line.to);
    if (line.what != "severity" || undone_ || line.from.size() != 2) return;
    severity_ = static_cast<std::uint32_t>(line.from.back() - '0');  // "S2"
    undone_ = true;  // what later changes began from is later still
  }

  std::uint32_t severity_;
  Time until_;
  std::optional<Time> reviewed_, confirmed_;
  bool stands_ = false, undone_ = false;
  std::set<std::string> later_;
};

/// Fills in one table after the other, for one month.
class Matters {
 public:
  Matters(certs::SealedDatabase& db, Facts& facts) : db_(db), facts_(facts) {}

  Status all() {
    Status done = cases();
    if (done) done = destructions();
    if (done) done = inventories();
    return done;
  }

 private:
  std::string branch_of(std::string_view terminal) const {
    const auto found = std::ranges::find(facts_.terminals, terminal, &assess::TerminalFact::id);
    return found == facts_.terminals.end() ? std::string{} : found->branch;
  }

  /// Cases that were given a verdict within the month.
  Status cases() {
    facts_.cases.emplace();
    std::vector<std::pair<std::int64_t, assess::CaseFact>> found;
    Status done =
        each(query(db_,
                   "SELECT number, severity, confidential, discovered FROM cases c WHERE EXISTS "
                   "(SELECT 1 FROM case_events e WHERE e.number = c.number AND e.what = 'verdict' "
                   "AND e.time >= ? AND e.time < ?) ORDER BY number",
                   facts_.period.begin(), facts_.until),
             [&](const certs::Statement& row) -> Status {
               assess::CaseFact fact;
               fact.id = case_id(row.integer(0));
               fact.severity = static_cast<std::uint32_t>(row.integer(1));
               fact.confidential = row.integer(2) != 0;
               fact.discovered = time_at(row, 3);
               found.emplace_back(row.integer(0), std::move(fact));
               return {};
             });
    for (auto& [number, fact] : found) {
      if (done) done = add_case(number, std::move(fact));
    }
    return done;
  }

  Status add_case(std::int64_t number, assess::CaseFact fact) {
    CaseThen then(fact.severity, facts_.until);
    const Status read = each(
        query(db_,
              "SELECT time, what, from_value, to_value FROM case_events WHERE number = ? ORDER BY "
              "position",
              number),
        [&](const certs::Statement& row) -> Status {
          then.read({time_at(row, 0), row.text(1), row.text(2), row.text(3)});
          return {};
        });
    if (!read) return read;
    fact.severity = then.severity();
    fact.reviewed = then.reviewed();
    fact.confirmed = then.confirmed();
    auto concerned = branches_of(number, then);
    if (!concerned) return std::unexpected(concerned.error());
    for (auto& [branch, domains] : *concerned) {
      fact.branch = branch;
      fact.domains = domains_from(domains);
      facts_.cases->push_back(fact);
    }
    return {};
  }

  /// The branches with an incident in the case, each with the names of its incidents' domains.
  Result<std::map<std::string, std::set<std::string>>> branches_of(std::int64_t number,
                                                                   const CaseThen& then) {
    std::map<std::string, std::set<std::string>> concerned;
    const Status done =
        each(query(db_,
                   "SELECT c.incident, i.terminal, g.name FROM case_incidents c JOIN incidents i "
                   "ON i.id = c.incident LEFT JOIN incident_tags g ON g.terminal = i.terminal AND "
                   "g.sequence = i.sequence AND g.kind = 'domain' WHERE c.number = ?",
                   number),
             [&](const certs::Statement& row) -> Status {
               if (!then.had(row.text(0))) return {};
               auto& domains = concerned[branch_of(row.text(1))];
               if (!row.is_null(2)) domains.insert(row.text(2));
               return {};
             });
    if (!done) return std::unexpected(done.error());
    return concerned;
  }

  /// None named means all four.
  static std::vector<assess::Domain> domains_from(const std::set<std::string>& names) {
    std::vector<assess::Domain> domains;
    if (names.contains("all")) return domains;
    for (const std::string& name : names) {
      if (const auto known = assess::domain_from(name)) domains.push_back(*known);
    }
    return domains;
  }

  /// Destruction orders that were signed, with what their terminals answered.
  Status destructions() {
    facts_.destructions.emplace();
    return each(
        query(
            db_,
            "SELECT id, terminal, expires, carried_out, state, (SELECT refusal FROM order_results "
            "r "
            "WHERE r.terminal = o.terminal AND r.sequence = o.answer), verdict, executor, "
            "supervisor, confidential, (SELECT group_concat(g.name) FROM incidents i JOIN "
            "incident_tags g ON g.terminal = i.terminal AND g.sequence = i.sequence WHERE i.id = "
            "o.incident AND g.kind = 'domain') FROM orders o WHERE kind = 'destroy' AND signed IS "
            "NOT NULL AND drafted < ? AND max(expires, coalesce(carried_out, 0)) >= ? ORDER BY "
            "drafted, id",
            facts_.until, facts_.period.begin()),
        [&](const certs::Statement& row) -> Status {
          facts_.destructions->push_back(destruction_of(row));
          return {};
        });
  }

  assess::DestructionFact destruction_of(const certs::Statement& row) const {
    assess::DestructionFact fact;
    fact.order = row.text(0);
    fact.branch = branch_of(row.text(1));
    fact.due = time_at(row, 2);
    fact.two_people = !row.text(8).empty() && row.text(7) != row.text(8);
    fact.confidential = row.integer(9) != 0;
    const std::string domains = row.text(10);
    if (!domains.contains("all")) fact.domains = domains_of(domains);    // of all four: none named
    if (row.is_null(3) || time_at(row, 3) >= facts_.until) return fact;  // nothing came of it yet
    const std::string state = row.text(4);
    if (state == "done" || state == "partial") fact.done = time_at(row, 3);
    fact.residue_clean = state == "done";
    const order::Refusal refusal = order::refusal_from(row.text(5));
    fact.refused_by_term = refusal == order::Refusal::kTerm || refusal == order::Refusal::kHold;
    if (row.integer(6) == static_cast<int>(CertificateVerdict::kVerified))
      fact.certificate = fact.order;
    return fact;
  }

  /// The newest inventory of each terminal that told one within the month.
  Status inventories() {
    facts_.inventories.emplace();
    return each(
        query(db_,
              "SELECT r.terminal, r.payload FROM (SELECT i.terminal, max(i.sequence) AS "
              "sequence FROM inventories i JOIN records k ON k.terminal = i.terminal AND "
              "k.sequence = i.sequence WHERE k.received >= ? AND k.received < ? GROUP BY "
              "i.terminal) n JOIN records r ON r.terminal = n.terminal AND r.sequence = "
              "n.sequence ORDER BY r.terminal",
              facts_.period.begin(), facts_.until),
        [&](const certs::Statement& row) -> Status {
          record::Payload payload;
          if (payload.ParseFromString(std::string(as_text(row.blob(1)))) && payload.has_inventory())
            facts_.inventories->push_back(inventory_of(row.text(0), payload.inventory()));
          return {};
        });
  }

  assess::InventoryFact inventory_of(const std::string& terminal,
                                     const record::Inventory& told) const {
    assess::InventoryFact fact;
    fact.terminal = terminal;
    fact.branch = branch_of(terminal);
    fact.ended = Time(std::chrono::milliseconds(told.ended_ms()));
    fact.complete = told.complete();
    fact.files = std::min(told.files(), kMostFiles);
    fact.overdue = told.overdue();
    for (const auto& [reason, count] : told.not_inspected())
      fact.not_inspected = std::min(fact.not_inspected + std::min(count, kMostFiles), kMostFiles);
    for (const auto& count : told.counts()) fact.elements[count.element()] = count.findings();
    return fact;
  }

  certs::SealedDatabase& db_;
  Facts& facts_;
};

}  // namespace

Status gather_matters(certs::SealedDatabase& db, Facts& facts) { return Matters(db, facts).all(); }

}  // namespace huxin::store
