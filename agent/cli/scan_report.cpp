#include "agent/cli/scan_report.hpp"

#include <sys/resource.h>

#include <algorithm>

#include "agent/cli/display.hpp"
#include "policy/record/mask.hpp"

namespace huxin::agent::cli {

namespace {

constexpr std::size_t kWhereWidth = 44;
constexpr std::size_t kElementWidth = 18;
constexpr std::size_t kMaskedWidth = 30;

std::string json_finding(const detect::Finding& finding, const catalog::Catalog& catalog,
                         bool reveal) {
  const Named element = named(catalog, finding.element);
  std::string line = fmt::format(
      R"({{"element":"{}","name":{},"level":"{}","confidence":{:.2f},"where":{},"offset":{},"length":{},"masked":{})",
      catalog::to_string(finding.element), json_string(element.name),
      catalog::to_string(finding.level), finding.confidence, json_string(finding.where),
      finding.span.begin, finding.span.size(),
      json_string(record::mask(finding.value, element.mask)));
  if (reveal) line += fmt::format(R"(,"value":{})", json_string(finding.value));
  return line + '}';
}

double megabytes(std::uint64_t bytes) { return static_cast<double>(bytes) / 1e6; }

double peak_megabytes(int who) {
  rusage usage{};
  ::getrusage(who, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace

Named named(const catalog::Catalog& catalog, catalog::ElementId id) {
  const catalog::Element* element = catalog.find(id);
  return element == nullptr ? Named{} : Named{element->name, element->zh, element->mask};
}

std::string json_outcome(const Scanned& scanned) {
  const extract::Outcome& outcome = scanned.result.outcome;
  return fmt::format(R"({{"path":{},"format":"{}","bytes":{},"status":"{}","reason":{})",
                     json_string(scanned.path), outcome.format, outcome.bytes,
                     extract::to_string(outcome.coverage),
                     outcome.reason.empty() ? "null" : json_string(outcome.reason));
}

std::string coverage_row(const Scanned& scanned) {
  const extract::Outcome& outcome = scanned.result.outcome;
  if (outcome.coverage == extract::Coverage::kInspected) return {};
  const bool partial = outcome.coverage == extract::Coverage::kPartial;
  return fmt::format("{} {} {}{}\n", fitted(scanned.path, kWhereWidth),
                     partial ? "部分检查 partial:" : "未检查 not inspected:", outcome.reason,
                     scanned.detail.empty() ? "" : " (" + scanned.detail + ")");
}

std::string to_json(const Scanned& scanned, const catalog::Catalog& catalog, bool reveal) {
  const detect::Inspection& inspection = scanned.result.inspection;
  std::string line =
      json_outcome(scanned) + fmt::format(R"(,"customers":{},"findings":[)", inspection.customers);
  for (std::size_t i = 0; i < inspection.findings.size(); ++i) {
    if (i > 0) line += ',';
    line += json_finding(inspection.findings[i], catalog, reveal);
  }
  return line + "]}\n";
}

std::string table_heading() {
  return fmt::format("{} {} {} {} {}\n", fitted("位置 where", kWhereWidth),
                     fitted("要素 element", kElementWidth), "级别", "置信度",
                     fitted("脱敏值 masked", kMaskedWidth));
}

std::string to_rows(const Scanned& scanned, const catalog::Catalog& catalog, bool reveal) {
  const detect::Inspection& inspection = scanned.result.inspection;
  std::string rows;
  if (!inspection.findings.empty())
    rows += fmt::format("{}：{} 位客户 customers\n", scanned.path, inspection.customers);
  for (const detect::Finding& finding : inspection.findings) {
    const Named element = named(catalog, finding.element);
    const std::string shown = reveal ? finding.value : record::mask(finding.value, element.mask);
    rows +=
        fmt::format("{} {} {:<4} {:>5.2f}  {}\n", fitted_end(printable(finding.where), kWhereWidth),
                    fitted(fmt::format("{} {}", catalog::to_string(finding.element), element.zh),
                           kElementWidth),
                    catalog::to_string(finding.level), finding.confidence, printable(shown));
  }
  return rows + coverage_row(scanned);
}

bool is_error(const extract::Outcome& outcome) {
  static constexpr std::string_view kErrors[] = {"not_found", "unreadable", "worker_crashed",
                                                 "no_worker", "detector_failed"};
  return std::ranges::find(kErrors, outcome.reason) != std::end(kErrors);
}

void Totals::add(const Scanned& scanned) {
  const extract::Outcome& outcome = scanned.result.outcome;
  ++files;
  bytes += outcome.bytes;
  findings += scanned.result.inspection.findings_total;
  with_findings += scanned.result.inspection.findings.empty() ? 0 : 1;
  partial += outcome.coverage == extract::Coverage::kPartial ? 1 : 0;
  not_inspected += outcome.coverage == extract::Coverage::kNotInspected ? 1 : 0;
  errors += is_error(outcome) ? 1 : 0;
}

std::string summary(const Totals& totals) {
  return fmt::format(
      "共 {0} 个文件：{1} 个含客户信息（{2} 处），{3} 个部分检查，{4} 个未能检查，跳过 {5} "
      "个符号链接\n"
      "{0} files: {1} with customer data ({2} findings), {3} partial, {4} not inspected, {5} links "
      "skipped\n",
      totals.files, totals.with_findings, totals.findings, totals.partial, totals.not_inspected,
      totals.links);
}

std::string stats(const Totals& totals, double seconds) {
  return fmt::format(
      "files={} bytes={} seconds={:.3f} MB/s={:.1f} peak_worker_MB={:.1f} peak_self_MB={:.1f}\n",
      totals.files, totals.bytes, seconds, seconds > 0 ? megabytes(totals.bytes) / seconds : 0,
      peak_megabytes(RUSAGE_CHILDREN), peak_megabytes(RUSAGE_SELF));
}

}  // namespace huxin::agent::cli
