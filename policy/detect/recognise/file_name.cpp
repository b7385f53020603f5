#include "policy/detect/recognise/file_name.hpp"

#include <algorithm>
#include <string>

#include "policy/detect/ascii.hpp"
#include "policy/detect/context.hpp"

namespace huxin::detect {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), ascii_lower);
  return result;
}

// Names of what speaks about such files: drawings, rules, programs, devices.
constexpr std::string_view kAbout[] = {
    "流程",    "说明",  "模板",   "样本",     "样例",   "示例",   "示意", "须知",   "指南",
    "手册",    "文档",  "接口",   "规范",     "标准",   "介绍",   "收费", "办法",   "规定",
    "制度",    "通知",  "教程",   "图标",     "架构",   "设计",   "需求", "原型",   "宣传",
    "海报",    "广告",  "界面",   "截图",     "规则",   "统计",   "培训", "录像机", "录音机",
    "录音笔",  "空白",  "schema", "template", "manual", "guide",  "api",  "flow",   "flowchart",
    "diagram", "icon",  "logo",   "design",   "mockup", "sample", "demo", "doc",    "docs",
    "readme",  "chart", "banner", "spec"};

// A word of its own: letters of the same alphabet around it make another word of it.
bool has_word(std::string_view name, std::string_view lowered, std::string_view word) {
  for (std::size_t at = lowered.find(word); at != std::string_view::npos;
       at = lowered.find(word, at + 1)) {
    if (begins_word(name, at) && ends_word(name, at + word.size())) return true;
  }
  return false;
}

}  // namespace

bool tells_kind(const catalog::FileNames& names, std::string_view where) {
  if (names.empty()) return false;
  const std::size_t part = where.find_last_of("!/\\");
  const std::size_t begin = part == std::string_view::npos ? 0 : part + 1;
  const std::string place = lower(where);
  const std::string_view name = std::string_view(place).substr(begin);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view suffix = name.substr(dot + 1);
  if (std::ranges::find(names.suffixes, suffix) == names.suffixes.end()) return false;
  const auto in_name = [&](std::string_view word) {
    return has_word(where.substr(begin), name, word);
  };
  if (std::ranges::any_of(kAbout, in_name)) return false;
  return std::ranges::any_of(names.words, [&](const std::string& word) {
    return names.folders ? has_word(where, place, word) : in_name(word);
  });
}

}  // namespace huxin::detect
