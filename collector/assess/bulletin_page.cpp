#include "collector/assess/bulletin_page.hpp"

#include <map>

#include "collector/assess/html.hpp"
#include "policy/base/digest.hpp"

namespace huxin::assess {
namespace {

constexpr std::string_view kStyle = R"css(
@page { size: A4; margin: 16mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 180mm; padding: 8mm 0; color: #1b2733; font: 10.5pt/1.55 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; }
@media print { body { padding: 0; max-width: none; } }
h1 { font-size: 18pt; margin: 0; text-align: center; letter-spacing: 1pt; }
h1 small { display: block; font-size: 10.5pt; font-weight: 400; color: #66788a; letter-spacing: 0; }
h2 { font-size: 12pt; margin: 16pt 0 6pt; padding-bottom: 3pt; border-bottom: 1.2pt solid #1f4e8c; break-after: avoid; }
h2 small, th small, td small, p small { font-weight: 400; color: #66788a; font-size: 8.5pt; }
.meta { display: flex; justify-content: space-between; margin: 10pt 0 4pt; padding: 5pt 0; border-top: 2pt solid #b3261e; border-bottom: .6pt solid #b3261e; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 3.5pt 5pt; border-bottom: .5pt solid #d5dde5; text-align: left; vertical-align: top; }
th { background: #f1f5f9; font-weight: 600; }
th small { display: block; }
td:first-child:not(.n) { min-width: 42mm; }
h2 + table, h2 + p { break-before: avoid; }
.n { text-align: right; white-space: nowrap; }
.lead { display: flex; gap: 14pt; align-items: center; margin: 10pt 0; }
.lead strong { font-size: 26pt; color: #1f4e8c; line-height: 1.1; }
.band { border: 1.2pt solid #1f4e8c; border-radius: 3pt; padding: 2pt 9pt; font-size: 12pt; font-weight: 600; color: #1f4e8c; }
.bad { color: #b3261e; border-color: #b3261e; }
.none { color: #66788a; }
svg { display: block; width: 100%; height: auto; break-inside: avoid; }
footer { break-inside: avoid; margin-top: 14pt; padding-top: 5pt; border-top: .5pt solid #d5dde5; color: #66788a; font-size: 8.5pt; }
)css";

}  // namespace

std::string_view bulletin_style() { return kStyle; }

std::string style_hash() { return "'sha256-" + to_base64(as_text(sha256(as_bytes(kStyle)))) + "'"; }

bool is_finding(const AnswerInput& answer) {
  return answer.verdict == Verdict::kFail || answer.verdict == Verdict::kPartial;
}

std::string percent(const std::optional<Share>& share) {
  return share ? share_text(*share) : "<span class=\"none\">无数据 no data</span>";
}

std::string bar(int y, std::string_view label, Share share, std::string_view value, bool bad) {
  constexpr std::int64_t kLeft = 130, kWidth = 460;
  return fmt::format(
      "<text x=\"0\" y=\"{}\" font-size=\"12\" fill=\"#1b2733\">{}</text>"
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\" fill=\"#e8eef4\"/>"
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\" fill=\"{}\"/>"
      "<text x=\"680\" y=\"{}\" font-size=\"12\" text-anchor=\"end\" fill=\"#1b2733\">{}</text>",
      y + 12, label, kLeft, y, kWidth, kLeft, y, share * kWidth / kWhole,
      bad ? "#b3261e" : "#1f4e8c", y + 12, value);
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kMost = 30;  // bytes: ten Chinese characters
  if (text.size() <= kMost) return std::string(text);
  std::size_t end = kMost - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

void Page::heading(std::string_view zh, std::string_view en) {
  text += fmt::format("<h2>{} <small>{}</small></h2>\n", zh, en);
}

void Page::nothing() { text += "<p class=\"none\">无 none</p>\n"; }

void Page::domain_head() {
  text += "<table><thead><tr><th>指标<small>figure</small></th>";
  for (const Domain domain : kDomains) {
    text += fmt::format("<th class=\"n\">{}<small>{}</small></th>", in_chinese(domain),
                        in_english(domain));
  }
  text += "</tr></thead><tbody>\n";
}

void Page::figure_cell(const FigureRule& rule, const Figure& figure) {
  if (!figure.has_data()) {
    text += "<td class=\"n none\">无数据 no data</td>";
    return;
  }
  const std::int64_t value =
      rounded(static_cast<__int128>(figure.numerator) * rule.scale * kWhole, figure.denominator);
  const auto part = [&](std::int64_t number) {
    return rule.name == "hours" ? hours_text(number) : fmt::format("{}", number);
  };
  text += fmt::format("<td class=\"n\">{}{}<br><small>{} / {}</small></td>", points_text(value),
                      rule.scale == 100 && rule.name != "leaks" ? "%" : "", part(figure.numerator),
                      part(figure.denominator));
}

void Page::cases(std::string_view but) {
  std::map<std::string, std::size_t> kinds;
  for (const BranchInput& branch : inputs.branches) {
    if (branch.branch.code == but) continue;
    for (const ChargeInput& charge : branch.deductions) ++kinds[charge.kind];
    for (const ChargeInput& charge : branch.vetoes) ++kinds[charge.kind];
  }
  if (kinds.empty()) return nothing();
  text +=
      "<table><thead><tr><th>事由<small>matter</small></th><th class=\"n\">起数<small>number"
      "</small></th><th class=\"n\">每起扣分<small>points "
      "each</small></th></tr></thead><tbody>\n";
  for (const auto& [kind, number] : kinds) {
    const DeductionRule* const rule = model.deduction(kind);
    const VetoRule* const veto = model.veto(kind);
    text += fmt::format(
        "<tr><td>某机构：{} <small>{}</small></td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td></tr>\n",
        escaped(rule != nullptr   ? rule->zh
                : veto != nullptr ? veto->zh
                                  : kind),
        escaped(rule != nullptr   ? rule->en
                : veto != nullptr ? veto->en
                                  : ""),
        number, rule != nullptr ? "−" + std::to_string(rule->points) : "一票否决 veto");
  }
  text += "</tbody></table>\n";
}

std::string Page::band_text(const BranchScore& score) const {
  for (const Band& band : model.bands) {
    if (band.name == score.band)
      return fmt::format("{} {} <small>{}</small>", escaped(band.name), escaped(band.zh),
                         escaped(band.en));
  }
  return "<span class=\"none\">不评级 not graded</span>";
}

}  // namespace huxin::assess
