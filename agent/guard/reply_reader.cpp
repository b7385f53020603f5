#include "agent/guard/reply_reader.hpp"

namespace huxin::guard {

namespace {

constexpr std::size_t kLongestName = 64;  // of a format or a reason

/// Formats and reasons are printed and stored: lower-case words only.
bool is_word(const std::string& text) {
  return text.size() <= kLongestName && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

}  // namespace

Status ReplyReader::take(const std::string& packet) {
  ScanReply reply;
  if (!reply.ParseFromString(packet)) return fail(Errc::kProtocol, "a reply does not parse");
  if (complete_ || reply.id() != id_) return fail(Errc::kProtocol, "a reply to another request");
  for (ScanFinding& finding : *reply.mutable_findings()) {
    if (auto taken = take_finding(finding); !taken) return taken;
  }
  if (reply.more()) return {};
  complete_ = true;
  return take_totals(reply);
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
  added.where = std::move(*finding.mutable_where());
  added.value = std::move(*finding.mutable_value());
  added.customer = finding.customer();
  result_.snippets.push_back(std::move(*finding.mutable_snippet()));
  return {};
}

Status ReplyReader::take_totals(const ScanReply& reply) {
  if (reply.coverage() < 1 || reply.coverage() > 3 || !is_word(reply.format()) ||
      !is_word(reply.reason())) {
    return fail(Errc::kProtocol, "an outcome with impossible values");
  }
  result_.outcome = {reply.format(), static_cast<extract::Coverage>(reply.coverage()),
                     reply.reason(), reply.bytes()};
  result_.inspection.customers = reply.customers();
  result_.inspection.findings_total = reply.findings_total();
  result_.inspection.truncated = reply.truncated();
  return {};
}

}  // namespace huxin::guard
