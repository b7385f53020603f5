#pragma once
#include "collector/store/assessment.hpp"
#include "collector/store/connections.hpp"

namespace huxin::store {

/// What compliance keeps, in the embedded store. Private to collector/store.
class SealedAssessment final : public Assessment {
 public:
  explicit SealedAssessment(Connections& db) : db_(db) {}

  // assessment.cpp
  Status replace_branches(const std::vector<assess::Branch>& branches) override;
  Result<std::vector<assess::Branch>> branches() override;
  Status replace_staff(const std::vector<assess::Staff>& staff) override;
  Result<StaffPage> staff(std::string_view branch, std::size_t offset, std::size_t limit) override;
  Status keep_data(std::string_view kind, std::string_view version, std::string_view text,
                   Time now) override;
  Result<std::optional<std::string>> data(std::string_view kind, std::string_view version) override;
  Status put_in_force(const RulesInForce& rules, std::string_view text) override;
  Result<std::vector<RulesInForce>> in_force() override;
  Status close_period(const ClosedPeriod& closed) override;
  Result<std::optional<ClosedPeriod>> closed_period(std::string_view period) override;
  Result<std::vector<ClosedPeriod>> closed_periods() override;

  // assessment_facts.cpp
  Result<assess::Facts> facts(const assess::Period& period, Time now) override;

  // assessment_inspections.cpp
  Result<std::uint64_t> plan(const NewInspection& wanted, std::string_view items_version,
                             std::string_view by, Time now) override;
  Status assign(std::uint64_t inspection, std::string_view assignee,
                std::optional<std::int64_t> due) override;
  Result<std::vector<assess::Inspection>> inspections(std::string_view assignee) override;
  Result<std::optional<assess::Inspection>> inspection(std::uint64_t id) override;
  Status answer(std::uint64_t inspection, const NewAnswer& entry, bool correction,
                std::string_view by, Time now) override;
  Status submit(std::uint64_t inspection, const std::vector<NewFinding>& findings,
                std::string_view by, Time now) override;

  // assessment_rectifications.cpp
  Result<std::vector<assess::Rectification>> rectifications() override;
  Status assign_rectification(std::uint64_t id, std::string_view owner, std::int64_t due,
                              std::string_view note, std::string_view by, Time now) override;
  Status note_rectification(std::uint64_t id, std::string_view kind, std::string_view note,
                            const std::vector<assess::Evidence>& evidence, std::string_view by,
                            Time now) override;
  Result<std::vector<assess::Mark>> marks() override;
  Result<std::uint64_t> add_mark(const assess::Mark& mark) override;

 private:
  Connections& db_;
};

/// Domains as a column holds them: "credit,aml".
std::string domains_text(const std::vector<assess::Domain>& domains);
/// Words that are none are left out.
std::vector<assess::Domain> domains_of(const std::string& text);

/// Adds a heartbeat to the terminal's day; inside the caller's transaction. By the day of `now`,
/// the bank's. Time since the heartbeat before counts as watched if it was 15 minutes at the most
/// and no channel is in trouble now ("ok", "off" and "no session" are none).
Status keep_presence(certs::SealedDatabase& db, std::string_view terminal,
                     const std::map<std::string, std::string>& channels, Time now);
/// Adds to what was not inspected on the terminal's day; inside the caller's transaction.
Status keep_daily_coverage(certs::SealedDatabase& db, std::string_view terminal,
                           std::uint64_t count, Time now);

}  // namespace huxin::store
