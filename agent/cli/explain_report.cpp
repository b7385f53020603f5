#include "agent/cli/explain_report.hpp"

#include "agent/cli/display.hpp"
#include "policy/catalog/explain_terms.hpp"
#include "policy/record/hide_numbers.hpp"
#include "policy/record/mask.hpp"

namespace huxin::agent::cli {

namespace {

using catalog::Term;

constexpr std::size_t kWhereWidth = 30;
constexpr std::size_t kElementWidth = 18;
constexpr std::size_t kFateWidth = 34;
constexpr std::size_t kConfidenceWidth = 10;

template <class Enum>
Term term(std::string_view group, Enum number) {
  return catalog::explain_term(group, static_cast<std::uint32_t>(number));
}

std::string both(const Term& term) { return fmt::format("{} {}", term.zh, term.en); }

bool failed(const detect::Trace& trace) { return trace.fate == detect::Fate::kFailedCheck; }

/// Says whether it came to a confidence: what no label led to, or lies inside another, may not.
bool judged(const detect::Trace& trace) {
  return trace.confidence > 0 || trace.fate == detect::Fate::kBelowThreshold;
}

std::string masked(const detect::Trace& trace, const catalog::Catalog& catalog) {
  return record::mask(trace.value, named(catalog, trace.element).mask);
}

std::string word(const detect::Trace& trace, bool reveal) {
  return reveal ? trace.word : record::hide_numbers(trace.word);
}

std::string json_reasons(const detect::Trace& trace) {
  std::string list;
  for (const detect::Reason reason : trace.reasons) {
    const Term said = term("reason", reason);
    list += fmt::format(R"({}{{"code":"{}","zh":"{}","en":"{}"}})", list.empty() ? "" : ",",
                        said.code, said.zh, said.en);
  }
  return list;
}

std::string json_element(const detect::Trace& trace, const catalog::Catalog& catalog) {
  if (trace.element == catalog::ElementId{}) return R"("element":null,"name":null)";
  return fmt::format(R"("element":"{}","name":{})", catalog::to_string(trace.element),
                     json_string(named(catalog, trace.element).name));
}

std::string json_trace(const detect::Trace& trace, const catalog::Catalog& catalog, bool reveal) {
  std::string line = fmt::format(
      R"({{{},"fate":"{}","where":{},"offset":{},"length":{},"masked":{})",
      json_element(trace, catalog), term("fate", trace.fate).code, json_string(trace.where),
      trace.span.begin, trace.span.size(), json_string(masked(trace, catalog)));
  if (reveal) line += fmt::format(R"(,"value":{})", json_string(trace.value));
  if (failed(trace)) return line + fmt::format(R"(,"reasons":[{}]}})", json_reasons(trace));
  line += fmt::format(R"(,"lead":"{}","verdict":"{}","label":{},"place":"{}")",
                      term("lead", trace.lead).code, term("verdict", trace.verdict).code,
                      trace.word.empty() ? "null" : json_string(word(trace, reveal)),
                      term("place", trace.place).code);
  return line + fmt::format(R"(,"base":{:.3f},"doubt":{:.3f},"score":{:.3f},"confidence":{:.3f})"
                            R"(,"threshold":{:.3f}}})",
                            trace.base, trace.doubt, trace.score, trace.confidence,
                            trace.threshold);
}

std::string failed_lines(const detect::Trace& trace) {
  std::string lines;
  for (const detect::Reason reason : trace.reasons)
    lines += fmt::format("    {}\n", both(term("reason", reason)));
  return lines;
}

std::string judged_lines(const detect::Trace& trace, bool reveal) {
  std::string lines = fmt::format("    线索 lead: {}; {}", both(term("lead", trace.lead)),
                                  both(term("verdict", trace.verdict)));
  if (!trace.word.empty())
    lines += fmt::format(": “{}” ({})", printable(word(trace, reveal)),
                         both(term("place", trace.place)));
  if (!judged(trace)) return lines + '\n';
  return lines + fmt::format(
                     "\n    基础 base {:.2f}, 疑点 doubt {:.2f} → 得分 score {:.2f} → "
                     "置信度 confidence {:.2f}\n",
                     trace.base, trace.doubt, trace.score, trace.confidence);
}

std::string row(const detect::Trace& trace, const catalog::Catalog& catalog, bool reveal) {
  const std::string element = trace.element == catalog::ElementId{}
                                  ? "- "
                                  : fmt::format("{} {}", catalog::to_string(trace.element),
                                                named(catalog, trace.element).zh);
  const std::string confidence =
      failed(trace) ? "-" : fmt::format("{:.2f}/{:.2f}", trace.confidence, trace.threshold);
  return fmt::format("{} {} {} {} {}\n{}", fitted_end(printable(trace.where), kWhereWidth),
                     fitted(element, kElementWidth),
                     fitted(both(term("fate", trace.fate)), kFateWidth),
                     fitted(confidence, kConfidenceWidth),
                     printable(reveal ? trace.value : masked(trace, catalog)),
                     failed(trace) ? failed_lines(trace) : judged_lines(trace, reveal));
}

}  // namespace

std::string explain_json(const Scanned& scanned, const catalog::Catalog& catalog, bool reveal) {
  const detect::Traces& traces = scanned.result.traces;
  std::string line =
      json_outcome(scanned) + fmt::format(R"(,"total":{},"cut":{},"traces":[)", traces.total,
                                          traces.total > traces.list.size());
  for (std::size_t i = 0; i < traces.list.size(); ++i) {
    if (i > 0) line += ',';
    line += json_trace(traces.list[i], catalog, reveal);
  }
  return line + "]}\n";
}

std::string explain_heading() {
  return fmt::format("{} {} {} {} {}\n", fitted("位置 where", kWhereWidth),
                     fitted("要素 element", kElementWidth), fitted("结果 fate", kFateWidth),
                     "置信度/阈值", "脱敏值 masked");
}

std::string explain_rows(const Scanned& scanned, const catalog::Catalog& catalog, bool reveal) {
  const detect::Traces& traces = scanned.result.traces;
  std::string rows;
  if (!traces.list.empty()) rows += scanned.path + "：\n";
  for (const detect::Trace& trace : traces.list) rows += row(trace, catalog, reveal);
  if (traces.total > traces.list.size()) {
    rows +=
        fmt::format("只列出前 {0} 条，共 {1} 条 {0} of {1} are listed, the first of each sort\n",
                    traces.list.size(), traces.total);
  }
  return rows + coverage_row(scanned);
}

}  // namespace huxin::agent::cli
