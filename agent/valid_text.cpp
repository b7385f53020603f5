#include "agent/valid_text.hpp"

#include "policy/text/utf8.hpp"

namespace huxin::agent {
namespace {

template <class... Strings>
void make_all_valid(Strings*... strings) {
  (make_valid(*strings), ...);
}

void make_incident_valid(record::Incident& incident) {
  make_all_valid(
      incident.mutable_rule(), incident.mutable_user(), incident.mutable_process(),
      incident.mutable_path(), incident.mutable_destination(), incident.mutable_operation(),
      incident.mutable_policy_id(), incident.mutable_policy_version(), incident.mutable_outcome(),
      incident.mutable_coverage_reason(), incident.mutable_rule_zh(), incident.mutable_rule_en());
  for (std::string& domain : *incident.mutable_domains()) make_valid(domain);
  for (std::string& clause : *incident.mutable_clauses()) make_valid(clause);
  for (record::Finding& finding : *incident.mutable_findings())
    make_all_valid(finding.mutable_where(), finding.mutable_masked());
  for (record::KnownDocument& document : *incident.mutable_documents())
    make_all_valid(document.mutable_name(), document.mutable_where());
  for (record::TraceStep& step : *incident.mutable_trace())
    make_all_valid(step.mutable_rule(), step.mutable_reason());
}

}  // namespace

void make_valid(std::string& text) {
  std::size_t good = text::valid_utf8_prefix(text);
  if (good == text.size()) return;
  std::string valid;
  std::string_view rest = text;
  while (true) {
    valid += rest.substr(0, good);
    rest.remove_prefix(good);
    if (rest.empty()) break;
    valid += text::kReplacement;
    rest.remove_prefix(1);
    good = text::valid_utf8_prefix(rest);
  }
  text = std::move(valid);
}

void make_valid(record::Payload& payload) {
  if (payload.has_incident()) make_incident_valid(*payload.mutable_incident());
  if (payload.has_coverage()) {
    record::Coverage& told = *payload.mutable_coverage();
    make_all_valid(told.mutable_reason(), told.mutable_path(), told.mutable_destination());
  }
  if (payload.has_status())
    make_all_valid(payload.mutable_status()->mutable_code(),
                   payload.mutable_status()->mutable_detail());
  if (payload.has_order_result())
    make_all_valid(payload.mutable_order_result()->mutable_kind(),
                   payload.mutable_order_result()->mutable_outcome());
  if (payload.has_outcome()) make_valid(*payload.mutable_outcome()->mutable_outcome());
}

void make_valid(record::Heartbeat& beat) {
  make_all_valid(beat.mutable_agent_version(), beat.mutable_policy_version(),
                 beat.mutable_policy_error(), beat.mutable_hostname());
  for (auto& [channel, state] : *beat.mutable_channels()) make_valid(state);
}

}  // namespace huxin::agent
