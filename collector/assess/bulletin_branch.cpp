#include <algorithm>
#include <map>

#include "collector/assess/bulletin_page.hpp"
#include "collector/assess/html.hpp"

namespace huxin::assess {
namespace {

/// Writes one branch's page, part by part.
class BranchPage {
 public:
  explicit BranchPage(Page& page) : page_(page) {}

  void write(const BranchInput& input, const BranchScore& score) {
    const auto graded =
        std::ranges::count_if(page_.scores, [](const BranchScore& each) { return each.rank > 0; });
    page_.text += fmt::format(
        "<div class=\"lead\"><strong>{}</strong><span "
        "class=\"band{}\">{}</span><span>{}<br>第一责任人 "
        "<small>accountable</small> {}</span></div>\n",
        points_text(score.points), score.band == page_.model.lowest().name ? " bad" : "",
        page_.band_text(score),
        score.rank > 0 ? fmt::format("第 {} 名，共 {} 家 <small>{} of {}</small>", score.rank,
                                     graded, score.rank, graded)
                       : "资料不全，未参加排名 <small>not ranked: data are missing</small>",
        escaped(input.branch.accountable));
    page_.heading("四域得分", "Domains");
    domains(score);
    chart_of_domains(score);
    page_.heading("扣分与否决", "Deductions and vetoes");
    charges(input, score);
    page_.heading("事后监控", "Monitoring");
    figures(input);
    page_.heading("现场检查问题", "On-site findings");
    findings(input);
    page_.heading("其他机构案例（隐去名称）", "Cases elsewhere, without their branches");
    page_.cases(input.branch.code);
  }

 private:
  void domains(const BranchScore& score) {
    page_.text +=
        "<table><thead><tr><th>领域<small>domain</small></th><th class=\"n\">现场检查<small>on site"
        "</small></th><th class=\"n\">事后监控<small>monitoring</small></th><th "
        "class=\"n\">合计<small>"
        "together</small></th><th class=\"n\">基准分<small>base</small></th><th "
        "class=\"n\">得分<small>"
        "points</small></th></tr></thead><tbody>\n";
    for (std::size_t i = 0; i < kDomains.size(); ++i) {
      const DomainScore& domain = score.domains.at(i);
      page_.text += fmt::format(
          "<tr><td>{} <small>{}</small></td><td class=\"n\">{}</td><td class=\"n\">{}{}</td><td "
          "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
          in_chinese(kDomains.at(i)), in_english(kDomains.at(i)), percent(domain.on_site),
          percent(domain.monitoring), domain.gated ? " †" : "", percent(domain.share), domain.base,
          domain.share ? points_text(domain.points) : "—");
    }
    page_.text +=
        "</tbody></table>\n<p><small>† 受在线率或监测时长封顶 held down by live terminals or hours "
        "watched</small></p>\n";
  }

  void chart_of_domains(const BranchScore& score) {
    page_.text += "<svg viewBox=\"0 0 690 92\" role=\"img\" aria-label=\"四域 domains\">";
    for (std::size_t i = 0; i < kDomains.size(); ++i) {
      const auto share = score.domains.at(i).share;
      page_.text += bar(static_cast<int>(i * 22), in_chinese(kDomains.at(i)), share.value_or(0),
                        share ? share_text(*share) : "—", share && *share < 6000);
    }
    page_.text += "</svg>\n";
  }

  void charges(const BranchInput& input, const BranchScore& score) {
    if (input.deductions.empty() && input.vetoes.empty()) return page_.nothing();
    page_.text +=
        "<table><thead><tr><th>事由<small>matter</small></th><th>说明<small>reason</small></th><th "
        "class=\"n\">扣分<small>points</small></th></tr></thead><tbody>\n";
    for (const ChargeInput& charge : input.deductions) {
      const DeductionRule* const rule = page_.model.deduction(charge.kind);
      if (rule == nullptr) continue;
      charge_row(rule->zh, rule->en, charge.reason, "−" + std::to_string(rule->points));
    }
    for (const ChargeInput& charge : input.vetoes) {
      const VetoRule* const rule = page_.model.veto(charge.kind);
      if (rule != nullptr) charge_row(rule->zh, rule->en, charge.reason, "一票否决 veto");
    }
    page_.text += fmt::format(
        "</tbody></table>\n<p>扣分前 <small>earned</small> {}，扣分 <small>deducted</small> "
        "{}（至多 "
        "<small>at most</small> {}）。</p>\n",
        points_text(score.earned), points_text(score.deducted), page_.model.most_deducted);
  }

  void charge_row(std::string_view zh, std::string_view en, std::string_view reason,
                  std::string_view points) {
    page_.text +=
        fmt::format("<tr><td>{} <small>{}</small></td><td>{}</td><td class=\"n\">{}</td></tr>\n",
                    escaped(zh), escaped(en), escaped(reason), points);
  }

  void figures(const BranchInput& input) {
    page_.domain_head();
    for (const FigureRule& rule : page_.model.figures) {
      page_.text +=
          fmt::format("<tr><td>{} <small>{}</small></td>", escaped(rule.zh), escaped(rule.en));
      for (const DomainInput& domain : input.domains) {
        const auto figure = std::ranges::find(domain.figures, rule.name, &Figure::name);
        page_.figure_cell(rule, figure == domain.figures.end() ? Figure{} : *figure);
      }
      page_.text += "</tr>\n";
    }
    page_.text += "</tbody></table>\n";
  }

  void findings(const BranchInput& input) {
    std::map<int, const AnswerInput*> found;
    for (const DomainInput& domain : input.domains) {
      for (const AnswerInput& answer : domain.answers) {
        if (is_finding(answer)) found[answer.item] = &answer;
      }
    }
    if (found.empty()) return page_.nothing();
    page_.text +=
        "<table><thead><tr><th "
        "class=\"n\">项</th><th>检查项目<small>item</small></th><th>结论<small>"
        "verdict</small></th></tr></thead><tbody>\n";
    for (const auto& [item, answer] : found) {
      page_.text += fmt::format(
          "<tr><td class=\"n\">{}</td><td>{}<br><small>{}</small></td><td>{}</td></tr>\n", item,
          escaped(answer->zh), escaped(answer->en), in_chinese(answer->verdict));
    }
    page_.text += "</tbody></table>\n";
  }

  Page& page_;
};

}  // namespace

void write_branch(Page& page, const BranchInput& input, const BranchScore& score) {
  BranchPage(page).write(input, score);
}

}  // namespace huxin::assess
