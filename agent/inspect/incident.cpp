#include "agent/inspect/incident.hpp"

#include <spdlog/spdlog.h>

#include "policy/record/chain.hpp"
#include "policy/record/hide_numbers.hpp"
#include "policy/record/mask.hpp"

namespace huxin::inspect {
namespace {

std::string as_string(ByteView bytes) { return std::string(as_text(bytes)); }

void describe_event(const rule::Event& event, record::Incident& incident) {
  incident.set_time_ms(event.time.time_since_epoch().count());
  incident.set_channel(static_cast<std::uint32_t>(event.channel));
  incident.set_user(event.user);
  incident.set_process(event.process);
  incident.set_path(record::hide_numbers(event.path));
  incident.set_destination(record::hide_numbers(event.destination));
  incident.set_operation(event.operation);
  if (!event.teller.bound()) return;
  incident.mutable_teller()->set_institution(event.teller.institution);
  incident.mutable_teller()->set_teller(event.teller.teller);
  incident.mutable_teller()->set_terminal(event.teller.terminal);
}

void describe_decision(const rule::Decision& decision, record::Incident& incident) {
  incident.set_stage(static_cast<std::uint32_t>(decision.stage));
  incident.set_profile(decision.profile);
  for (const catalog::ElementId element : decision.surplus)
    incident.add_surplus(static_cast<std::uint32_t>(element));
  incident.set_authorisation(std::string(rule::to_string(decision.authorisation)));
  incident.set_action(static_cast<std::uint32_t>(decision.action));
  incident.set_would(static_cast<std::uint32_t>(decision.would));
  incident.set_severity(static_cast<std::uint32_t>(decision.severity));
  incident.set_rule(decision.rule);
  incident.set_rule_zh(decision.zh);
  incident.set_rule_en(decision.en);
  for (const std::string& domain : decision.domains) incident.add_domains(domain);
  for (const std::string& clause : decision.clauses) incident.add_clauses(clause);
  for (const rule::TraceStep& step : decision.trace) {
    record::TraceStep& out = *incident.add_trace();
    out.set_rule(step.rule);
    out.set_matched(step.matched);
    out.set_reason(step.reason);
  }
}

void describe_findings(const detect::Inspection& inspection, const catalog::Catalog& catalog,
                       const Secret& digest_key, record::Incident& incident) {
  incident.set_customers(inspection.customers);
  incident.set_findings_total(inspection.findings_total);
  incident.set_known_total(inspection.known_total);
  for (const known::DocumentMatch& match : inspection.documents) {
    record::KnownDocument& out = *incident.add_documents();
    out.set_name(record::hide_numbers(match.name));
    out.set_share(match.share);
    out.set_where(record::hide_numbers(match.where));
  }
  std::map<catalog::ElementId, std::uint64_t> counts;
  for (const detect::Finding& finding : inspection.findings) {
    ++counts[finding.element];
    if (static_cast<std::size_t>(incident.findings_size()) >= kListedFindings) continue;
    const catalog::Element* const element = catalog.find(finding.element);
    record::Finding& out = *incident.add_findings();
    out.set_element(static_cast<std::uint32_t>(finding.element));
    out.set_level(static_cast<std::uint32_t>(finding.level));
    out.set_confidence(finding.confidence);
    out.set_where(record::hide_numbers(finding.where));
    out.set_offset(finding.span.begin);
    out.set_length(finding.span.size());
    out.set_customer(finding.customer);
    out.set_known(finding.known);
    out.set_masked(record::mask(finding.value, element ? element->mask : catalog::Mask::kRemove));
    out.set_digest(as_string(record::value_digest(
        digest_key.view(), catalog::to_string(finding.element), finding.value)));
  }
  for (const auto& [element, findings] : counts) {
    record::ElementCount& out = *incident.add_counts();
    out.set_element(static_cast<std::uint32_t>(element));
    out.set_findings(findings);
  }
}

record::Evidence make_evidence(const ScanResult& scan, std::size_t most,
                               const std::string& incident) {
  record::Evidence evidence;
  evidence.set_incident(incident);
  const auto& findings = scan.inspection.findings;
  const std::size_t kept = std::min(findings.size(), most);
  for (std::size_t i = 0; i < kept; ++i) {
    record::EvidenceFinding& out = *evidence.add_findings();
    out.set_element(static_cast<std::uint32_t>(findings[i].element));
    out.set_where(findings[i].where);
    out.set_value(findings[i].value);
    if (i < scan.snippets.size()) out.set_snippet(scan.snippets[i]);
  }
  evidence.set_truncated(kept < findings.size() || scan.inspection.truncated);
  return evidence;
}

/// Seals as many originals as fit under kEvidenceBytes; halves the number until they do.
void seal_evidence(const ScanResult& scan, const InForce& in_force, record::Incident& incident) {
  if (!in_force.sealer || scan.inspection.findings.empty()) return;
  for (std::size_t most = kEvidenceFindings; most > 0; most /= 2) {
    std::string plain = make_evidence(scan, most, incident.id()).SerializeAsString();
    const Result<Bytes> sealed = in_force.sealer->seal(as_bytes(plain));
    explicit_bzero(plain.data(), plain.size());
    if (!sealed) {
      // The incident matters more than its evidence: it goes on without, and says so in the log.
      spdlog::error("evidence not sealed: {}", sealed.error().context);
      return;
    }
    if (sealed->size() > kEvidenceBytes) continue;
    incident.set_evidence(as_string(*sealed));
    return;
  }
}

}  // namespace

record::Incident make_incident(const rule::Event& event, const rule::Decision& decision,
                               const ScanResult& scan, const InForce& in_force,
                               const Secret& digest_key) {
  record::Incident incident;
  incident.set_id(as_string(random_bytes(16)));
  describe_event(event, incident);
  describe_decision(decision, incident);
  describe_findings(scan.inspection, *in_force.catalog, digest_key, incident);
  incident.set_policy_id(in_force.policy->id);
  incident.set_policy_version(in_force.policy->version);
  incident.set_policy_digest(as_string(in_force.policy->digest));
  if (scan.outcome.coverage != extract::Coverage::kInspected) {
    incident.set_coverage_reason(scan.outcome.reason);
  }
  seal_evidence(scan, in_force, incident);
  return incident;
}

std::optional<record::Coverage> make_coverage(const rule::Event& event, const ScanResult& scan) {
  if (scan.outcome.coverage == extract::Coverage::kInspected) return std::nullopt;
  record::Coverage coverage;
  coverage.set_time_ms(event.time.time_since_epoch().count());
  coverage.set_channel(static_cast<std::uint32_t>(event.channel));
  coverage.set_reason(scan.outcome.reason);
  coverage.set_path(record::hide_numbers(event.path));
  coverage.set_destination(record::hide_numbers(event.destination));
  coverage.set_count(1);
  return coverage;
}

}  // namespace huxin::inspect
