#include "agent/guard/reply_reader.hpp"

#include "policy/known/print_matcher.hpp"
#include "policy/text/printable.hpp"

namespace huxin::guard {

namespace {

constexpr std::size_t kLongestName = 64;  // of a format or a reason

/// Formats and reasons are printed and stored: lower-case words only.
bool is_word(const std::string& text) {
  return text.size() <= kLongestName && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

constexpr int kMaxReasons = 16;  // more checks than any element has

bool is_share(double value) { return value >= 0 && value <= 1; }

bool is_sane(const ScanTrace& trace) {
  constexpr auto kByte = std::uint32_t{0xFF};
  const bool numbers = trace.element() <= 0xFFFF && trace.fate() <= kByte &&
                       trace.lead() <= kByte && trace.verdict() <= kByte && trace.place() <= kByte;
  const bool reasons = trace.reasons_size() <= kMaxReasons &&
                       std::ranges::all_of(trace.reasons(), [](auto r) { return r <= kByte; });
  // Trust in a form is a doubt below zero.
  return numbers && reasons && is_share(trace.base()) && is_share(trace.score()) &&
         trace.doubt() >= -1 && trace.doubt() <= 10 && is_share(trace.confidence()) &&
         is_share(trace.threshold()) && trace.offset() <= trace.offset() + trace.length();
}

}  // namespace

Status ReplyReader::take(const std::string& packet) {
  ScanReply reply;
  if (!reply.ParseFromString(packet)) return fail(Errc::kProtocol, "a reply does not parse");
  if (complete_ || reply.id() != id_) return fail(Errc::kProtocol, "a reply to another request");
  for (ScanFinding& finding : *reply.mutable_findings()) {
    if (auto taken = take_finding(finding); !taken) return taken;
  }
  for (ScanTrace& trace : *reply.mutable_traces()) {
    if (auto taken = take_trace(trace); !taken) return taken;
  }
  if (reply.more()) return {};
  complete_ = true;
  if (auto taken = take_documents(reply); !taken) return taken;
  return take_totals(reply);
}

Status ReplyReader::take_documents(ScanReply& reply) {
  if (static_cast<std::size_t>(reply.documents_size()) > known::PrintMatcher::kMostMatches)
    return fail(Errc::kProtocol, "more documents than allowed");
  for (ScanDocument& document : *reply.mutable_documents()) {
    const bool sane = document.share() >= 0 && document.share() <= 1 && !document.name().empty() &&
                      document.name().size() <= known::DocumentPrints::kLongestName;
    if (!sane) return fail(Errc::kProtocol, "a document with impossible values");
    result_.inspection.documents.push_back(
        {text::printable(document.name()), document.share(), text::printable(document.where())});
  }
  return {};
}

Status ReplyReader::take_finding(ScanFinding& finding) {
  if (result_.inspection.findings.size() >= max_findings_)
    return fail(Errc::kProtocol, "more findings than allowed");
  const bool sane = finding.element() > 0 && finding.element() <= 0xFFFF && finding.level() >= 1 &&
                    finding.level() <= 3 && finding.confidence() >= 0 &&
                    finding.confidence() <= 1 &&
                    finding.offset() <= finding.offset() + finding.length();
  if (!sane) return fail(Errc::kProtocol, "a finding with impossible values");
  detect::Finding& added = result_.inspection.findings.emplace_back();
  added.element = static_cast<catalog::ElementId>(finding.element());
  added.level = static_cast<catalog::Level>(finding.level());
  added.confidence = finding.confidence();
  added.span = {static_cast<std::size_t>(finding.offset()),
                static_cast<std::size_t>(finding.offset() + finding.length())};
  added.where = text::printable(finding.where());
  added.value = std::move(*finding.mutable_value());
  added.customer = finding.customer();
  added.known = finding.known();
  result_.snippets.push_back(std::move(*finding.mutable_snippet()));
  return {};
}

Status ReplyReader::take_trace(ScanTrace& trace) {
  detect::Traces& traces = result_.traces;
  if (traces.list.size() >= traces.limit) return fail(Errc::kProtocol, "more traces than allowed");
  if (!is_sane(trace)) return fail(Errc::kProtocol, "a trace with impossible values");
  detect::Trace& added = traces.list.emplace_back();
  added.element = static_cast<catalog::ElementId>(trace.element());
  added.fate = static_cast<detect::Fate>(trace.fate());
  added.lead = static_cast<detect::Lead>(trace.lead());
  added.verdict = static_cast<detect::Verdict>(trace.verdict());
  added.place = static_cast<detect::LabelPlace>(trace.place());
  added.word = std::move(*trace.mutable_word());
  added.base = trace.base();
  added.doubt = trace.doubt();
  added.score = trace.score();
  added.confidence = trace.confidence();
  added.threshold = trace.threshold();
  for (const std::uint32_t reason : trace.reasons())
    added.reasons.push_back(static_cast<detect::Reason>(reason));
  added.span = {static_cast<std::size_t>(trace.offset()),
                static_cast<std::size_t>(trace.offset() + trace.length())};
  added.where = text::printable(trace.where());
  added.value = std::move(*trace.mutable_value());
  return {};
}

Status ReplyReader::take_totals(const ScanReply& reply) {
  if (reply.coverage() < 1 || reply.coverage() > 3 || !is_word(reply.format()) ||
      !is_word(reply.reason()) || reply.known_total() > reply.findings_total()) {
    return fail(Errc::kProtocol, "an outcome with impossible values");
  }
  result_.outcome = {reply.format(), static_cast<extract::Coverage>(reply.coverage()),
                     reply.reason(), reply.bytes(), reply.ran_out()};
  result_.inspection.customers = reply.customers();
  result_.inspection.findings_total = reply.findings_total();
  result_.inspection.known_total = reply.known_total();
  result_.inspection.truncated = reply.truncated();
  result_.inspection.stopped = reply.stopped();
  result_.streaming = reply.streaming();
  result_.traces.total = reply.traces_total();
  return {};
}

}  // namespace huxin::guard
