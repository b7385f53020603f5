#include "policy/detect/trace.hpp"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "policy/catalog/explain_terms.hpp"
#include "tests/policy/detect/support.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::detect {
namespace {

struct Explained {
  Inspection inspection;
  Traces traces;
};

Explained explain(const Detector& detector, const text::Document& document,
                  std::size_t limit = kMaxTraces) {
  Explained explained;
  explained.traces.limit = limit;
  const auto context = detector.context();
  InspectionBuilder builder(detector, *context, test::today());
  builder.explain(explained.traces);
  REQUIRE(builder.add(document));
  explained.inspection = builder.finish();
  return explained;
}

text::Document file(std::string_view text) {
  text::Document document;
  document.where = "a.txt";
  document.text = text;
  return document;
}

template <class Enum>
std::string code(std::string_view group, Enum number) {
  return std::string(catalog::explain_term(group, static_cast<std::uint32_t>(number)).code);
}

/// "D27=13800138000 reported sieve for before:手机号", and the reasons of a failed check.
std::string written(const Trace& trace) {
  const std::string element =
      trace.element == catalog::ElementId{} ? "-" : to_string(trace.element);
  std::string text = element + "=" + trace.value + " " + code("fate", trace.fate);
  for (const Reason reason : trace.reasons) text += " " + code("reason", reason);
  if (trace.fate == Fate::kFailedCheck) return text;
  text += " " + code("lead", trace.lead) + " " + code("verdict", trace.verdict);
  if (trace.place != LabelPlace::kNowhere)
    text += " " + code("place", trace.place) + ":" + trace.word;
  return text;
}

bool tells(const Traces& traces, const std::string& line) {
  return std::ranges::any_of(traces.list, [&](const Trace& t) { return written(t) == line; });
}

std::string all(const Traces& traces) {
  std::string text;
  for (const Trace& trace : traces.list) text += written(trace) + "\n";
  return text;
}

struct Row {
  const char* text;
  const char* told;
  const char* why;
};

TEST_CASE("each fate is told with what led to the candidate and the word that spoke") {
  const Row rows[] = {
      {"手机号：13800138000", "D27=13800138000 reported sieve for before:手机号", "a label"},
      {"13800138000（手机号）", "D27=13800138000 reported sieve for behind:手机号", "behind it"},
      {"手机号\n13800138000", "D27=13800138000 reported sieve for line_above:手机号", "above it"},
      {"订单号：13800138000", "D27=13800138000 below_threshold sieve against before:订单号",
       "an order's number"},
      {"2024-13800138000", "D27=13800138000 below_threshold sieve silent", "in a longer code"},
      {"E12345678", "D06=E12345678 needs_label sieve silent", "a passport without a label"},
      {"密码：Zk9#mQ27x", "D49=Zk9#mQ27x reported label for before:密码", "a label led to it"},
      {";6200000000000005=25122011234567890?", "D40=6200000000000005 inside_another sieve silent",
       "a card inside its track"},
      {"a 110105194912310021 b", "D01=110105194912310021 failed_check mod_11_2_fails", "a typo"},
      {"at 1712345678", "-=1712345678 failed_check no_element", "a time"},
      {"li@example.com", "D31=li@example.com reported sieve silent", "its form is enough"},
  };
  for (const Row& row : rows) {
    const Explained explained = explain(test::detector(), file(row.text));
    CAPTURE(row.text, row.why, all(explained.traces));
    CHECK(tells(explained.traces, row.told));
  }
}

TEST_CASE("a key that speaks of something else is named") {
  const Explained explained = explain(test::detector(), file("widget=13800138000"));
  CAPTURE(all(explained.traces));
  REQUIRE(explained.traces.list.size() == 1);
  CHECK(explained.traces.list[0].verdict == Verdict::kForeign);
  CHECK(explained.traces.list[0].place == LabelPlace::kKey);
  CHECK(explained.traces.list[0].word == "widget");
}

TEST_CASE("in tables the header of the column and the cell on the left are named") {
  const Traces list =
      explain(test::detector(), test::table({{"姓名", "手机号"}, {"张伟", "13800138000"}})).traces;
  CAPTURE(all(list));
  CHECK(tells(list, "D27=13800138000 reported sieve for_column column:手机号"));
  CHECK(tells(list, "D25=张伟 reported cell for_column column:姓名"));
  const Traces form = explain(test::detector(), test::table({{"手机号", "13800138000"}})).traces;
  CAPTURE(all(form));
  CHECK(tells(form, "D27=13800138000 reported sieve for left_cell:手机号"));
}

TEST_CASE("an element that is not looked for is told as such, and its failed checks are not") {
  DetectorOptions options;
  options.cache = huxin::test::pattern_cache();
  options.elements = {catalog::ElementId{27}};
  const auto detector = Detector::build(catalog::Catalog::builtin(), options).value();
  const Traces traces = explain(*detector, file("11010519491231002X 和 110105194912310021")).traces;
  CAPTURE(all(traces));
  CHECK(tells(traces, "D01=11010519491231002X not_asked_for sieve silent"));
  CHECK_FALSE(all(traces).contains("failed_check"));
}

TEST_CASE("the threshold decides, and the trace carries what it was compared with") {
  for (const double threshold : {0.05, 0.99}) {
    const Traces traces = explain(test::detector(threshold), file("13800138000")).traces;
    REQUIRE(traces.list.size() == 1);
    const Trace& trace = traces.list[0];
    CHECK(trace.threshold == threshold);
    CHECK((trace.fate == Fate::kReported) ==
          (trace.confidence >= threshold && trace.score >= threshold));
    CHECK(trace.base > 0);
    CHECK(trace.score == trace.base - trace.doubt);
  }
}

const std::string kLetter =
    "客户：张伟，身份证号11010519491231002X，手机 138-0013-8000\n订单号 13800138000\n"
    "卡号 6200000000000005，6200000000000006；邮箱 li@example.com\n"
    "地址：北京市朝阳区建国路88号3号楼1201室\n2024-03-15 10:20:30 id=1712345678 192.168.100.200\n"
    "护照 E12345678 E87654321 密码：Zk9#mQ27x\n91350100M000100Y43\n";

bool is_derived(const Finding& finding) { return finding.element >= catalog::ElementId{84}; }

TEST_CASE("what is told as reported is what was found, and asking changes nothing") {
  Explained explained = explain(test::detector(), file(kLetter));
  CHECK(test::found(kLetter) == test::summary(explained.inspection));
  std::erase_if(explained.inspection.findings, is_derived);
  std::string reported;
  for (const Trace& trace : explained.traces.list) {
    if (trace.fate != Fate::kReported || trace.lead == Lead::kDerived) continue;
    if (!reported.empty()) reported += ' ';
    reported += to_string(trace.element) + "=" + trace.value;
  }
  CHECK(reported == test::summary(explained.inspection));
  CHECK(explained.inspection.findings.size() >= 8);
  for (const Finding& finding : explained.inspection.findings) {
    const auto trace = std::ranges::find_if(explained.traces.list, [&](const Trace& t) {
      return t.fate == Fate::kReported && t.span == finding.span && t.element == finding.element;
    });
    REQUIRE(trace != explained.traces.list.end());
    CHECK(trace->confidence == finding.confidence);
    CHECK(trace->where == finding.where);
  }
}

TEST_CASE("an account that is a company's by its record is told as both") {
  const auto explained = explain(
      test::detector(), file("收款账号：0109032456001201050123 收款人名称：星河科技有限公司"));
  INFO(all(explained.traces));
  CHECK(test::summary(explained.inspection) == "D55=0109032456001201050123");
  CHECK(tells(explained.traces, "D54=0109032456001201050123 inside_another label for"));
  CHECK(tells(explained.traces, "D55=0109032456001201050123 reported label for"));
}

TEST_CASE("what follows from other findings is told behind them") {
  const Traces traces =
      explain(test::detector(), file("卡号6200000000000005，安全码：123\n手机号：13800138000"))
          .traces;
  CAPTURE(all(traces));
  CHECK(tells(traces, "D85=6200000000000005 123 reported derived silent"));
  CHECK(traces.list.back().lead == Lead::kDerived);
  CHECK(traces.total == traces.list.size());
}

TEST_CASE("a value that its label tells is told with the check it fails") {
  const Row rows[] = {
      {"IMEI：490154203237519", "D77=490154203237519 failed_check luhn_fails", "Luhn"},
      {"注册号：110108000000017", "D61=110108000000017 failed_check mod_11_10_fails", "MOD 11,10"},
      {"香港身份证：A123456(4)", "D13=A1234564 failed_check hong_kong_check_fails", "HKID"},
      {"台湾身份证：A123456788", "D15=A123456788 failed_check taiwan_check_fails", "Taiwan"},
      {"车架号：1M8GDM9AXKPO42788", "D20=1M8GDM9AXKPO42788 failed_check vehicle_check_fails",
       "an O"},
      {"组织机构代码：D2143569-1", "D60=D21435691 failed_check organisation_check_fails",
       "GB 11714"},
      {"SWIFT代码：BKCHQQBJ", "D57=BKCHQQBJ failed_check unknown_country", "no such country"},
      {"QQ：12345678", "D33=12345678 failed_check common_digits", "a run of digits"},
      {"微信号：download", "D32=download failed_check word", "a word"},
      {"永久居留证号：USA110080131201", "D05=USA110080131201 failed_check impossible_date",
       "no thirteenth month"},
  };
  for (const Row& row : rows) {
    const Explained explained = explain(test::detector(), file(row.text));
    CAPTURE(row.text, row.why, all(explained.traces));
    CHECK(tells(explained.traces, row.told));
  }
}

TEST_CASE("traces stop at their limit, and failed checks leave room for findings behind them") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "t 1712345678\n";
  text += "手机号：13800138000";
  const Traces traces = explain(test::detector(), file(text), 10).traces;
  CHECK(traces.total == 101);
  REQUIRE(traces.list.size() == 6);
  CHECK(traces.list.back().fate == Fate::kReported);
  const Traces full = explain(test::detector(), file(text), 4000).traces;
  CHECK(full.list.size() == full.total);
}

TEST_CASE("every enumerator of a trace has a code and words in both languages") {
  const auto has_words = [](std::string_view group, auto last) {
    for (std::uint32_t number = 0; number <= static_cast<std::uint32_t>(last); ++number) {
      const catalog::Term term = catalog::explain_term(group, number);
      CAPTURE(group, number);
      CHECK(term.code != "unknown");
      CHECK_FALSE(term.zh.empty());
      CHECK_FALSE(term.en.empty());
    }
  };
  has_words("fate", Fate::kDropped);
  has_words("lead", Lead::kDerived);
  has_words("verdict", Verdict::kKnown);
  has_words("place", LabelPlace::kLineAbove);
}

TEST_CASE("hostile text is explained without a crash and in bounded memory") {
  const std::string digits(2'000'000, '7');
  const std::string dashes = [] {
    std::string text;
    for (int i = 0; i < 500'000; ++i) text += "7-";
    return text;
  }();
  for (const std::string& text : {digits, dashes, std::string(100'000, '\0')})
    CHECK(explain(test::detector(), file(text)).traces.list.size() <= kMaxTraces);
}

}  // namespace
}  // namespace huxin::detect
