#include "agent/guard/scan_job.hpp"

#include "agent/extract/sniff.hpp"
#include "agent/guard/channel.hpp"
#include "agent/guard/sliding_file.hpp"
#include "agent/guard/snippets.hpp"
#include "policy/detect/trace.hpp"

namespace huxin::guard {

namespace {

constexpr std::size_t kLongestWhere = 2048;
constexpr std::size_t kLongestValue = 1024;
/// Under it no page is recognised, and somebody waits for nothing.
constexpr std::chrono::milliseconds kLeastForText{1500};
constexpr std::size_t kPiece = std::size_t{1} << 20U;  // of a part, handed to a stream at once
constexpr std::size_t kReplyTarget = kMaxPacket / 2;   // a finding more never reaches the limit

/// Cuts to at most `limit` bytes without splitting a character: packets hold valid UTF-8 only.
std::string cut(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  text.resize(limit);
  return text;
}

void fill(ScanFinding& to, const detect::Finding& from, const Snippets& snippets) {
  to.set_element(static_cast<std::uint32_t>(from.element));
  to.set_level(static_cast<std::uint32_t>(from.level));
  to.set_confidence(from.confidence);
  to.set_offset(from.span.begin);
  to.set_length(from.span.size());
  to.set_where(cut(from.where, kLongestWhere));
  to.set_value(cut(from.value, kLongestValue));
  to.set_customer(from.customer);
  to.set_known(from.known);
  to.set_snippet(snippets.around(from));
}

void fill(ScanTrace& to, const detect::Trace& from) {
  to.set_element(static_cast<std::uint32_t>(from.element));
  to.set_fate(static_cast<std::uint32_t>(from.fate));
  to.set_lead(static_cast<std::uint32_t>(from.lead));
  to.set_verdict(static_cast<std::uint32_t>(from.verdict));
  to.set_place(static_cast<std::uint32_t>(from.place));
  to.set_word(cut(from.word, kLongestValue));
  to.set_base(from.base);
  to.set_doubt(from.doubt);
  to.set_score(from.score);
  to.set_confidence(from.confidence);
  to.set_threshold(from.threshold);
  for (const detect::Reason reason : from.reasons)
    to.add_reasons(static_cast<std::uint32_t>(reason));
  to.set_offset(from.span.begin);
  to.set_length(from.span.size());
  to.set_where(cut(from.where, kLongestWhere));
  to.set_value(cut(from.value, kLongestValue));
}

/// Sends an answer in packets small enough, as its parts come.
class Packets {
 public:
  Packets(ScanReply& reply, const std::function<bool(const ScanReply&)>& send)
      : reply_(reply), send_(send) {}

  /// After each part that was added to the reply; false: nobody takes them any more.
  bool added(std::size_t bytes) {
    size_ += bytes + 8;
    if (size_ < kReplyTarget) return true;
    reply_.set_more(true);
    const bool sent = send_(reply_);
    reply_.clear_findings();
    reply_.clear_traces();
    size_ = 0;
    return sent;
  }

  void end() {
    reply_.set_more(false);
    send_(reply_);
  }

 private:
  ScanReply& reply_;
  const std::function<bool(const ScanReply&)>& send_;
  std::size_t size_ = 0;
};

void send_all(ScanReply reply, const detect::Inspection& inspection, const detect::Traces& traces,
              const Snippets& snippets, const std::function<bool(const ScanReply&)>& send) {
  Packets packets(reply, send);
  for (const detect::Finding& finding : inspection.findings) {
    ScanFinding& added = *reply.add_findings();
    fill(added, finding, snippets);
    if (!packets.added(added.ByteSizeLong())) return;
  }
  for (const detect::Trace& trace : traces.list) {
    ScanTrace& added = *reply.add_traces();
    fill(added, trace);
    if (!packets.added(added.ByteSizeLong())) return;
  }
  for (const known::DocumentMatch& match : inspection.documents) {
    ScanDocument& document = *reply.add_documents();
    document.set_name(match.name);
    document.set_share(match.share);
    document.set_where(cut(match.where, kLongestWhere));
  }
  packets.end();
}

Time time_of(std::int64_t milliseconds) { return Time(std::chrono::milliseconds(milliseconds)); }

ScanReply reply_of(const ScanRequest& request, const extract::Outcome& outcome) {
  ScanReply reply;
  reply.set_id(request.id());
  reply.set_format(outcome.format);
  reply.set_coverage(static_cast<std::uint32_t>(outcome.coverage));
  reply.set_reason(outcome.reason);
  reply.set_ran_out(outcome.ran_out);
  reply.set_bytes(outcome.bytes);
  return reply;
}

void answer(const ScanRequest& request, const extract::Outcome& outcome,
            detect::Inspection inspection, const detect::Traces& traces, const Snippets& snippets,
            const std::function<bool(const ScanReply&)>& send) {
  if (request.min_confidence() > 0) {
    std::erase_if(inspection.findings, [&](const detect::Finding& finding) {
      return finding.confidence < request.min_confidence();
    });
  }
  ScanReply reply = reply_of(request, outcome);
  reply.set_customers(inspection.customers);
  reply.set_findings_total(inspection.findings_total);
  reply.set_known_total(inspection.known_total);
  reply.set_truncated(inspection.truncated);
  reply.set_stopped(inspection.stopped);
  reply.set_traces_total(traces.total);
  send_all(std::move(reply), inspection, traces, snippets, send);
}

/// The outcome of a file of which something was lost on the way to extraction or behind it.
extract::Outcome less(const extract::Outcome& outcome, bool seen, std::string_view reason) {
  const auto coverage = seen ? extract::Coverage::kPartial : extract::Coverage::kNotInspected;
  return {outcome.format, coverage, std::string(reason), outcome.bytes,
          outcome.ran_out || reason == "timeout"};
}

/// What can be inspected while it comes; other formats are read by their structure, whole.
bool is_plain_text(ByteView content) {
  return extract::sniff(content).format == extract::Format::kText;
}

}  // namespace

extract::Budget budget_of(const ScanRequest& request) {
  extract::Budget budget;
  const auto take = [](std::size_t& to, std::uint64_t asked) {
    if (asked != 0) to = static_cast<std::size_t>(asked);
  };
  take(budget.max_bytes, request.max_bytes());
  take(budget.max_output, request.max_output());
  take(budget.max_ratio, request.max_ratio());
  take(budget.max_entries, request.max_entries());
  take(budget.max_depth, request.max_depth());
  if (request.deadline_ms() != 0)
    budget.deadline = std::chrono::milliseconds(request.deadline_ms());
  if (request.has_pictures()) {
    const ScanPictures& pictures = request.pictures();
    budget.pictures = {.codes = pictures.codes(),
                       .text = pictures.text() && budget.deadline >= kLeastForText,
                       .max_pixels = static_cast<std::size_t>(pictures.max_pixels()),
                       .max_pages = static_cast<std::size_t>(pictures.max_pages()),
                       .page_deadline = std::chrono::milliseconds(std::min<std::uint64_t>(
                           pictures.page_deadline_ms(), request.deadline_ms()))};
  }
  return budget;
}

detect::Enough enough_of(const ScanRequest& request) {
  detect::Enough enough{.min_confidence = request.enough_confidence()};
  for (const ScanDemand& from : request.enough()) {
    detect::Demand& demand = enough.any_of.emplace_back();
    for (const std::uint32_t element : from.elements())
      demand.elements.insert(static_cast<catalog::ElementId>(element));
    if (from.level() != 0) demand.level = static_cast<catalog::Level>(from.level());
    demand.findings = from.findings();
    demand.customers = from.customers();
  }
  return enough;
}

void add_enough(const detect::Enough& enough, ScanRequest& request) {
  request.set_enough_confidence(enough.min_confidence);
  for (const detect::Demand& demand : enough.any_of) {
    ScanDemand& to = *request.add_enough();
    for (const catalog::ElementId element : demand.elements)
      to.add_elements(static_cast<std::uint32_t>(element));
    if (demand.level) to.set_level(static_cast<std::uint32_t>(*demand.level));
    to.set_findings(demand.findings);
    to.set_customers(demand.customers);
  }
}

void ScanJobRunner::run(const ScanRequest& request, const Fd& file, const Send& send) {
  const extract::Budget budget = budget_of(request);
  auto source = SlidingFile::open(file, budget.max_bytes);
  if (!source) {
    const bool large = source.error().code == Errc::kTooLarge;
    send(reply_of(request, {"unknown", extract::Coverage::kNotInspected,
                            large ? "too_large" : "unreadable", file_size(file)}));
    return;
  }
  const bool in_parts = request.stream() != 0;
  if (in_parts && (request.part() != 0 || is_plain_text(source->from(0, extract::kSniffed))))
    return run_part(request, source->whole(source->size()).bytes, send);
  detect::InspectionBuilder builder(detector_, context_, time_of(request.today_ms()),
                                    enough_of(request));
  const auto end = std::chrono::steady_clock::now() + budget.deadline;
  builder.look_until([end] { return std::chrono::steady_clock::now() >= end; });
  detect::Traces traces{.limit = std::min<std::size_t>(request.max_traces(), detect::kMaxTraces)};
  if (traces.limit > 0) builder.explain(traces);
  Snippets snippets;
  bool failed = false;
  bool seen = false;
  const auto inspect = [&](text::Document&& document) {
    const std::size_t listed = builder.listed();
    seen = seen || !document.text.empty();
    failed = failed || !builder.add(document);
    if (builder.stopped()) return false;
    documents_.add(document.text, document.where);
    if (builder.listed() > listed) snippets.keep(std::move(document));
    return !failed;
  };
  extract::Outcome outcome =
      extract::extract(*source, source->size(), request.name(), budget, inspect);
  outcome.ran_out = outcome.ran_out || builder.ran_out();  // whatever extraction lost beside it
  if (builder.ran_out() && outcome.coverage == extract::Coverage::kInspected)
    outcome = less(outcome, seen, "timeout");
  if (failed) outcome = less(outcome, seen, "detector_failed");
  if (source->failed()) outcome = less(outcome, seen, "unreadable");
  if (source->changed()) outcome = less(outcome, seen, "changed");
  detect::Inspection inspection = builder.finish();
  inspection.documents = documents_.finish();
  answer(request, outcome, std::move(inspection), traces, snippets, send);
}

void ScanJobRunner::run_part(const ScanRequest& request, ByteView bytes, const Send& send) {
  TextInParts* const stream =
      request.part() == 0 ? &begin(request) : streams_.find(request.stream(), request.part());
  if (stream == nullptr) {
    return static_cast<void>(send(reply_of(request, {"unknown", extract::Coverage::kNotInspected,
                                                     "stream_lost", bytes.size(), true})));
  }
  stream->bytes += bytes.size();
  for (; !bytes.empty() && !stream->failed; bytes = bytes.subspan(std::min(bytes.size(), kPiece)))
    stream->failed = !stream->text.add(bytes.first(std::min(bytes.size(), kPiece)));
  if (request.more_parts() && !stream->failed && !stream->text.enough_by_now()) {
    ScanReply taken = reply_of(request, {"text", extract::Coverage::kInspected, "", stream->bytes});
    taken.set_streaming(true);
    return static_cast<void>(send(taken));
  }
  end(request, *stream, send);
}

TextInParts& ScanJobRunner::begin(const ScanRequest& request) {
  auto stream =
      std::make_unique<TextInParts>(detector_, context_, documents_, time_of(request.today_ms()),
                                    request.name(), enough_of(request));
  stream->id = request.stream();
  return streams_.begin(std::move(stream));
}

void ScanJobRunner::end(const ScanRequest& request, TextInParts& stream, const Send& send) {
  auto finished = stream.text.finish();
  detect::Inspection inspection = finished ? *std::move(finished) : detect::Inspection{};
  inspection.documents = stream.documents.finish();
  extract::Outcome outcome{"text", extract::Coverage::kInspected, "", stream.bytes};
  if (inspection.stopped) outcome = {"text", extract::Coverage::kPartial, "stopped", stream.bytes};
  if (stream.failed || !finished)
    outcome = {"text", extract::Coverage::kPartial, "detector_failed", stream.bytes};
  answer(request, outcome, std::move(inspection), {}, stream.snippets, send);
  streams_.end(request.stream());
}

}  // namespace huxin::guard
