#include "collector/assess/bulletin.hpp"

#include <algorithm>

#include "collector/assess/bulletin_page.hpp"
#include "collector/assess/html.hpp"

namespace huxin::assess {
namespace {

/// By the bank's clock, to the minute.
std::string until_text(const Inputs& inputs) {
  const auto time = from_rfc3339(inputs.until);
  if (!time) return escaped(inputs.until);
  std::string text = to_rfc3339(*time + kBankTime).substr(0, 16);
  text[10] = ' ';
  return text;
}

void write_head(Page& page, const BulletinOf& of) {
  const BranchInput* const one = of.branch.empty() ? nullptr : page.inputs.find(of.branch);
  const std::string whose = one == nullptr ? "全行" : escaped(one->branch.name);
  page.text += fmt::format(
      "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
      "style-src {}\">\n<title>客户信息保护考核通报 {} {}</title>\n<style>{}</style>\n</head>\n"
      "<body>\n<h1>客户信息保护考核通报<small>Customer information protection bulletin</small>"
      "</h1>\n",
      escaped(style_hash()), page.inputs.period, whose, bulletin_style());
  page.text += fmt::format(
      "<div class=\"meta\"><span>{}</span><span>{} 年 {} 月</span><span>{}</span></div>\n", whose,
      page.inputs.period.substr(0, 4), page.inputs.period.substr(5),
      of.final ? "定稿 final" : "暂定，截至 provisional, as of " + until_text(page.inputs));
}

void write_foot(Page& page) {
  page.text += fmt::format(
      "<footer>评分模型 model {}，月度以北京时间计 by Beijing "
      "time。在线、时长、覆盖等无分母的指标为“无数据”，"
      "不计满分；现场检查或事后监控缺一的机构不评级。<br>A figure without a denominator is “no "
      "data”, never full "
      "marks; a branch that lacks its on-site or its monitoring half is not graded. Each point "
      "opens to "
      "its evidence in the console.</footer>\n</body>\n</html>\n",
      escaped(page.model.version));
}

}  // namespace

std::string bulletin(const Inputs& inputs, const std::vector<BranchScore>& scores,
                     const Model& model, const BulletinOf& of) {
  Page page{inputs, scores, model, {}};
  write_head(page, of);
  if (of.branch.empty()) {
    write_bank(page);
  } else {
    write_branch(page, *inputs.find(of.branch),
                 *std::ranges::find(scores, of.branch, &BranchScore::code));
  }
  write_foot(page);
  return std::move(page.text);
}

std::string bulletin_policy() {
  return "default-src 'none'; style-src " + style_hash() +
         "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";
}

}  // namespace huxin::assess
