#include "agent/guard/reply_reader.hpp"

#include <cmath>

#include <catch2/catch_test_macros.hpp>

namespace huxin::guard {
namespace {

ScanReply reply() {
  ScanReply reply;
  reply.set_id(1);
  reply.set_format("text");
  reply.set_coverage(1);
  return reply;
}

ScanTrace& add_trace(ScanReply& reply) {
  ScanTrace& trace = *reply.add_traces();
  trace.set_element(27);
  trace.set_confidence(0.4);
  trace.set_threshold(0.5);
  trace.set_offset(3);
  trace.set_length(11);
  trace.add_reasons(8);
  trace.set_value("13800138000");
  return trace;
}

bool taken(const ScanReply& reply, std::size_t max_traces) {
  ReplyReader reader(1, 10, max_traces);
  return reader.take(reply.SerializeAsString()).has_value();
}

TEST_CASE("traces that were asked for are taken as they came") {
  ScanReply answer = reply();
  add_trace(answer);
  answer.set_traces_total(7);
  ReplyReader reader(1, 10, 1);
  REQUIRE(reader.take(answer.SerializeAsString()));
  REQUIRE(reader.complete());
  const detect::Traces traces = std::move(reader).result().traces;
  CHECK(traces.total == 7);
  REQUIRE(traces.list.size() == 1);
  CHECK(traces.list[0].element == catalog::ElementId{27});
  CHECK(traces.list[0].span == Span{3, 14});
  CHECK(traces.list[0].reasons == std::vector{detect::Reason::kLuhnFails});
  CHECK(traces.list[0].value == "13800138000");
}

TEST_CASE("places that a worker tells of are printable, whatever it let through") {
  ScanReply answer = reply();
  ScanFinding& finding = *answer.add_findings();
  finding.set_element(27);
  finding.set_level(2);
  finding.set_where("a\n\u202Eb\x1b[2J!L1");
  answer.set_findings_total(1);
  add_trace(answer).set_where("c\r\u2066!L1");
  ScanDocument& document = *answer.add_documents();
  document.set_name("d\u200B");
  document.set_where("e\x7f");
  ReplyReader reader(1, 10, 1);
  REQUIRE(reader.take(answer.SerializeAsString()));
  const inspect::ScanResult result = std::move(reader).result();
  CHECK(result.inspection.findings.at(0).where == "a\\n\\u202eb\\x1b[2J!L1");
  CHECK(result.traces.list.at(0).where == "c\\x0d\\u2066!L1");
  CHECK(result.inspection.documents.at(0).name == "d\\u200b");
  CHECK(result.inspection.documents.at(0).where == "e\\x7f");
}

TEST_CASE("traces that nobody asked for, too many, or impossible ones break the protocol") {
  ScanReply answer = reply();
  add_trace(answer);
  CHECK(taken(answer, 1));
  CHECK_FALSE(taken(answer, 0));
  add_trace(answer);
  CHECK_FALSE(taken(answer, 1));
  const auto refused = [](const auto& spoil) {
    ScanReply spoilt = reply();
    spoil(add_trace(spoilt));
    return !taken(spoilt, 10);
  };
  CHECK(refused([](ScanTrace& trace) { trace.set_fate(256); }));
  CHECK(refused([](ScanTrace& trace) { trace.set_element(65'536); }));
  CHECK(refused([](ScanTrace& trace) { trace.set_confidence(1.5); }));
  CHECK(refused([](ScanTrace& trace) { trace.set_score(std::nan("")); }));
  CHECK(refused([](ScanTrace& trace) { trace.add_reasons(1000); }));
  CHECK(refused([](ScanTrace& trace) { trace.set_length(~std::uint64_t{0}); }));
  CHECK(refused([](ScanTrace& trace) {
    for (int i = 0; i < 100; ++i) trace.add_reasons(1);
  }));
}

}  // namespace
}  // namespace huxin::guard
