#include <algorithm>
#include <map>

#include "collector/assess/bulletin_page.hpp"
#include "collector/assess/html.hpp"

namespace huxin::assess {
namespace {

/// Writes the whole bank's page, part by part.
class BankPage {
 public:
  explicit BankPage(Page& page) : page_(page) {}

  void write() {
    const auto graded = std::ranges::count_if(
        page_.scores, [](const BranchScore& each) { return !each.band.empty(); });
    page_.text +=
        fmt::format("<p>共 {} 家机构，评级 {} 家。<small>{} branches, {} graded.</small></p>\n",
                    page_.scores.size(), graded, page_.scores.size(), graded);
    page_.heading("排名", "Ranking");
    ranking();
    chart_of_branches();
    page_.heading("事后监控", "Monitoring, all branches");
    bank_figures();
    page_.heading("现场检查主要问题", "On-site findings");
    bank_findings();
    page_.heading("案例分享（隐去机构）", "Cases, without their branches");
    page_.cases({});
  }

 private:
  const BranchInput& input_of(const BranchScore& score) const {
    return *page_.inputs.find(score.code);
  }

  void ranking() {
    page_.text +=
        "<table><thead><tr><th "
        "class=\"n\">名次<small>rank</small></th><th>机构<small>branch</small>"
        "</th><th>一把手<small>accountable</small></th><th "
        "class=\"n\">得分<small>points</small></th>"
        "<th>等级<small>band</small></th>";
    for (const Domain domain : kDomains) {
      page_.text += fmt::format("<th class=\"n\">{}<small>/ {}</small></th>", in_chinese(domain),
                                page_.model.base_of(domain));
    }
    page_.text += "</tr></thead><tbody>\n";
    for (const BranchScore& score : page_.scores) {
      const Branch& branch = input_of(score).branch;
      page_.text += fmt::format(
          "<tr><td class=\"n\">{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td>",
          score.rank == 0 ? "—" : std::to_string(score.rank), escaped(branch.name),
          escaped(branch.accountable), points_text(score.points), page_.band_text(score));
      for (const DomainScore& domain : score.domains) {
        page_.text += fmt::format("<td class=\"n\">{}{}</td>",
                                  domain.share ? points_text(domain.points) : "—",
                                  domain.share && !domain.complete() ? "*" : "");
      }
      page_.text += "</tr>\n";
    }
    page_.text += "</tbody></table>\n<p><small>* 只有一半有数据 one half has no data</small></p>\n";
  }

  void chart_of_branches() {
    constexpr std::size_t kMost = 40;
    const std::size_t shown = std::min(page_.scores.size(), kMost);
    page_.text += fmt::format(
        "<svg viewBox=\"0 0 690 {}\" role=\"img\" aria-label=\"得分 points\">", shown * 22 + 4);
    for (std::size_t i = 0; i < shown; ++i) {
      const BranchScore& score = page_.scores[i];
      page_.text += bar(static_cast<int>(i * 22), escaped(shortened(input_of(score).branch.name)),
                        std::clamp<std::int64_t>(score.points / 100, 0, kWhole),
                        points_text(score.points), score.band == page_.model.lowest().name);
    }
    page_.text += "</svg>\n";
  }

  void bank_figures() {
    page_.domain_head();
    for (const FigureRule& rule : page_.model.figures) {
      if (rule.name == "review") continue;  // a median of medians says nothing
      page_.text +=
          fmt::format("<tr><td>{} <small>{}</small></td>", escaped(rule.zh), escaped(rule.en));
      for (std::size_t at = 0; at < kDomains.size(); ++at) page_.figure_cell(rule, sum(rule, at));
      page_.text += "</tr>\n";
    }
    page_.text += "</tbody></table>\n";
  }

  Figure sum(const FigureRule& rule, std::size_t domain) const {
    Figure total{rule.name, 0, 0, true, {}, 0};
    for (const BranchInput& branch : page_.inputs.branches) {
      for (const Figure& figure : branch.domains.at(domain).figures) {
        if (figure.name != rule.name) continue;
        total.numerator += figure.numerator;
        total.denominator += figure.denominator;
      }
    }
    return total;
  }

  void bank_findings() {
    struct Found {
      std::string zh, en;
      std::size_t branches = 0;
    };
    std::map<int, Found> found;
    for (const BranchInput& branch : page_.inputs.branches) {
      std::map<int, const AnswerInput*> of;
      for (const DomainInput& domain : branch.domains) {
        for (const AnswerInput& answer : domain.answers) {
          if (is_finding(answer)) of[answer.item] = &answer;
        }
      }
      for (const auto& [item, answer] : of) {
        Found& entry = found[item];
        entry.zh = answer->zh;
        entry.en = answer->en;
        ++entry.branches;
      }
    }
    if (found.empty()) return page_.nothing();
    page_.text +=
        "<table><thead><tr><th class=\"n\">项</th><th>检查项目<small>item</small></th><th "
        "class=\"n\">机构数<small>branches</small></th></tr></thead><tbody>\n";
    for (const auto& [item, entry] : found) {
      page_.text += fmt::format(
          "<tr><td class=\"n\">{}</td><td>{}<br><small>{}</small></td><td "
          "class=\"n\">{}</td></tr>\n",
          item, escaped(entry.zh), escaped(entry.en), entry.branches);
    }
    page_.text += "</tbody></table>\n";
  }

  Page& page_;
};

}  // namespace

void write_bank(Page& page) { BankPage(page).write(); }

}  // namespace huxin::assess
