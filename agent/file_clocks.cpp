#include "agent/file_clocks.hpp"

#include <algorithm>

#include "policy/record/chain.hpp"

namespace huxin::agent {
namespace {

constexpr std::chrono::milliseconds kDeadline{60'000};

Time newest_of(const FileVersion& version) {
  const std::chrono::nanoseconds since(std::max(version.mtime_ns, version.ctime_ns));
  return Time(std::chrono::floor<std::chrono::milliseconds>(since));
}

/// 2036-03-02, in China: the day from which it may go.
std::string day_of(Time until) { return to_rfc3339(until + std::chrono::hours(8)).substr(0, 10); }

std::string reason(const retention::Judgement& judged) {
  if (judged.decisive == nullptr)
    return "客户处于保全状态，不得销毁; a customer in it is on hold: nothing is destroyed";
  const retention::Record& record = *judged.decisive;
  const std::string until = judged.until ? fmt::format("自 {} 起可销毁; may go from {}",
                                                       day_of(*judged.until), day_of(*judged.until))
                                         : std::string("期限未定; nobody can say until when");
  return fmt::format("{} {}: {} ({})", record.zh, record.en, until, record.source);
}

std::vector<order::ClockReading> readings_of(const retention::Judgement& judged,
                                             std::string_view path) {
  std::vector<order::ClockReading> readings;
  for (const retention::Reading& reading : judged.readings) {
    readings.push_back({.path = std::string(path),
                        .record = reading.record->id,
                        .source = reading.record->source,
                        .verdict = std::string(to_string(reading.outcome)),
                        .until = reading.until ? to_rfc3339(*reading.until) : ""});
  }
  if (judged.outcome == retention::Outcome::kHold && judged.decisive == nullptr)
    readings.push_back({.path = std::string(path),
                        .record = "hold",
                        .source = "反洗钱法 34",
                        .verdict = "hold",
                        .until = ""});
  return readings;
}

}  // namespace

FileClocks::Verdict FileClocks::ask(Fd file, const FileVersion& version, std::string_view path,
                                    std::string_view name) const {
  const inspect::ScanResult scan = scanner_.scan(
      {.file = std::move(file), .name = std::string(name), .deadline = kDeadline, .urgent = false});
  const std::string& fault = scan.outcome.reason;
  if (scan.outcome.coverage != extract::Coverage::kInspected)
    return {.passing = extract::may_pass(scan.outcome),
            .why = fmt::format("无法检查全部内容，不知适用何种期限; cannot be inspected whole, so "
                               "nobody knows which terms run: {}",
                               fault)};
  const Time now = clock_.now();
  const auto in_force = in_force_();
  const bundle::DigestList& holds = in_force->holds;
  if (scan.inspection.truncated && !holds.empty())
    return {.why = "数据项过多，无法逐一核对保全名单; too many values to check against the holds"};
  std::vector<catalog::ElementId> elements;
  for (const detect::Finding& finding : scan.inspection.findings)
    elements.push_back(finding.element);
  const retention::Judgement judged =
      retention::judge(table_,
                       {.elements = elements,
                        .newest = newest_of(version),
                        .on_hold = on_hold(scan.inspection, holds, now)},
                       now);
  Verdict verdict{.may_go = judged.outcome == retention::Outcome::kDelete,
                  .readings = readings_of(judged, path)};
  if (!verdict.may_go) verdict.why = reason(judged);
  return verdict;
}

bool FileClocks::on_hold(const detect::Inspection& inspection, const bundle::DigestList& holds,
                         Time now) const {
  if (holds.empty()) return false;
  return std::ranges::any_of(inspection.findings, [&](const detect::Finding& finding) {
    const Bytes digest = record::value_digest(digest_key_.view(),
                                              catalog::to_string(finding.element), finding.value);
    return holds.at(digest, now) == bundle::Standing::kInForce;
  });
}

}  // namespace huxin::agent
