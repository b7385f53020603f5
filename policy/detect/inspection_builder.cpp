#include <limits>

#include "policy/detect/derived.hpp"
#include "policy/detect/detector.hpp"
#include "policy/detect/document_scan.hpp"
#include "policy/detect/finding_traces.hpp"
#include "policy/detect/known_marks.hpp"

namespace huxin::detect {
namespace {

Date date_of(Time time) { return Date(std::chrono::floor<std::chrono::days>(time)); }

// A document's kind and a key are told by their place; their text is no value to keep whole.
constexpr std::size_t kMaxValue = 4096;

}  // namespace

struct InspectionBuilder::State {
  State(const Engine& with, ScanState& context, Time now, const Enough& wanted)
      : engine(with),
        scan(context),
        today(date_of(now)),
        enough(wanted),
        marks(with.options.known),
        derived(with, today) {}

  void take(const Found& found, const text::Document& document, text::PlaceFinder& places);
  std::uint32_t listed(std::uint32_t all) const;
  bool has_enough();
  bool has_run_out();

  const Engine& engine;
  ScanState& scan;
  Date today;
  EnoughWatch enough;
  Customers customers;
  KnownMarks marks;
  Derived derived;
  Inspection inspection;
  std::function<bool()> over;  ///< empty: there is time
  bool ran_out = false;
  std::string room;            ///< for the value of the finding at hand
  bool of_customers = false;   ///< some document with findings speaks of customers
  Gap skipped = Gap::kWithin;  ///< the widest to findings of staff, since one of somebody
  std::string last_where;      ///< of the document before
  KindSet titles;              ///< at its end
  Traces* traces = nullptr;    ///< nullptr: nobody asks why
};

void InspectionBuilder::State::take(const Found& found, const text::Document& document,
                                    text::PlaceFinder& places) {
  const Kind kind = found.candidate.kind;
  const KindFacts& facts = engine.facts(kind);
  const std::string_view value = value_of(kind, found.text.substr(0, kMaxValue), room);
  of_customers = of_customers || found.customers;
  const bool labelled = found.candidate.label == Label::kBeside;
  const Gap gap = std::max(found.gap, skipped);
  skipped = found.staff ? gap : Gap::kWithin;
  const std::uint32_t node =
      found.staff ? 0
                  : customers.observe({kind, value, facts.identifies, labelled}, gap, found.table);
  const bool is_known = marks.see(inspection.findings, element_of(kind), value, found.gap);
  ++inspection.findings_total;
  if (inspection.findings.size() >= engine.options.max_findings) {
    inspection.truncated = true;
    return;
  }
  inspection.findings.push_back(
      {.element = element_of(kind),
       .level = facts.level,
       .confidence = is_known ? known::confidence_after_hit(found.confidence) : found.confidence,
       .evidence = static_cast<catalog::Evidence>(found.candidate.label),
       .span = document.origin.original(found.in_document),
       .where = places.place(found.in_document.begin),
       .value = std::string(value),
       .customer = node,
       .known = is_known});
  if (gap == Gap::kRecord) derived.begin_record();
  inspection.findings_total += derived.see(kind, found.in_document, inspection.findings);
}

// Of a list of names or addresses, and nothing that speaks of customers: drivers, authors, a mail's
// readers.
std::uint32_t InspectionBuilder::State::listed(std::uint32_t all) const {
  const std::uint32_t bare = customers.count_bare();
  return !of_customers && std::uint64_t{5} * bare >= std::uint64_t{4} * all ? all - bare : all;
}

bool InspectionBuilder::State::has_run_out() {
  ran_out = ran_out || (over && over());
  return ran_out;
}

bool InspectionBuilder::State::has_enough() {
  inspection.stopped = enough.met(inspection.findings, customers);
  return inspection.stopped;
}

InspectionBuilder::InspectionBuilder(const Detector& detector, ScanContext& context, Time today,
                                     const Enough& enough)
    : state_(std::make_unique<State>(*detector.engine_, *context.state_, today, enough)) {}
InspectionBuilder::~InspectionBuilder() = default;

void InspectionBuilder::explain(Traces& traces) { state_->traces = &traces; }

std::size_t InspectionBuilder::listed() const { return state_->inspection.findings.size(); }

bool InspectionBuilder::stopped() const { return state_->inspection.stopped; }

bool InspectionBuilder::enough_by_now() {
  state_->inspection.stopped =
      state_->enough.met_by_now(state_->inspection.findings, state_->customers);
  return stopped();
}

void InspectionBuilder::look_until(std::function<bool()> over) { state_->over = std::move(over); }

bool InspectionBuilder::ran_out() const { return state_->ran_out; }

Status InspectionBuilder::add(const text::Document& document) {
  if (state_->ran_out || state_->has_enough()) return {};
  state_->scan.traces = state_->traces;
  text::PlaceFinder places(document);
  state_->derived.begin(document.text);
  DocumentScan scan(state_->engine, state_->scan, state_->today, document,
                    [&](const Found& found) { state_->take(found, document, places); });
  if (document.where == state_->last_where) scan.entitle(state_->titles);
  auto scanned = scan.run([&] { return state_->has_enough() || state_->has_run_out(); });
  state_->last_where = document.where;
  state_->titles = scan.titles_at_end();
  state_->has_enough();  // a document's end tells what kind it is
  return scanned;
}

Inspection InspectionBuilder::finish() {
  state_->customers.finish();
  Inspection inspection = std::move(state_->inspection);
  for (Finding& finding : inspection.findings) {
    finding.customer = state_->customers.number(finding.customer);
  }
  inspection.customers = state_->customers.count();
  const std::size_t before = inspection.findings.size();
  state_->derived.finish(state_->listed(inspection.customers), inspection.findings);
  inspection.findings_total += inspection.findings.size() - before;
  inspection.known_total = state_->marks.total();
  inspection.truncated = inspection.truncated || state_->customers.full();
  if (state_->traces != nullptr) trace_findings(state_->engine, inspection, *state_->traces);
  return inspection;
}

}  // namespace huxin::detect
