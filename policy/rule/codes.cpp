#include "policy/rule/codes.hpp"

#include <algorithm>
#include <array>

namespace huxin::rule {
namespace {

constexpr std::size_t kCount = static_cast<std::size_t>(Code::kUnknownReason) + 1;

constexpr std::array<CodeText, kCount> kCodes{{
    {"E001", "不是 YAML", "the source is not YAML"},
    {"E002", "超过 1 MiB", "the source is over 1 MiB"},
    {"E003", "超过 2,000 条规则", "there are more than 2,000 rules"},
    {"E004", "列表超过 1,000 项（ports 为 64 项）", "a list has more than 1,000 entries"},
    {"E005", "文本为空、过长，或含不允许的字符",
     "a text is empty, over its limit, or holds control characters"},
    {"E006", "嵌套超过 16 层", "mappings or lists are nested more than 16 deep"},
    {"E007", "使用了锚点、别名或标签", "an anchor, alias or tag is used"},
    {"E008", "不是恰好一个文档", "the source does not hold exactly one document"},
    {"E009", "值的种类与键不符", "a value is of another kind than the key takes"},
    {"E010", "未知的键", "a key is unknown"},
    {"E011", "同一映射中键重复", "a key stands twice in one mapping"},
    {"E012", "缺少必需的键", "a required key is missing"},
    {"E013", "词语不在该键允许之列", "a word is none of those the key takes"},
    {"E014", "数字格式错误或超出范围", "a number is malformed or out of range"},
    {"E015", "时长、大小或时刻格式错误或超出范围",
     "a duration, size or time of day is malformed or out of range"},
    {"E016", "两条规则编号相同", "two rules have the same id"},
    {"E017", "编号或版本含不允许的字符", "an id or version has characters it may not have"},
    {"E018", "数据项不在目录中", "an element is not in the catalogue"},
    {"E019", "未知的领域", "a domain is unknown"},
    {"E020", "不是 CIDR 写法，或前缀之外有置位", "a network is not in CIDR notation"},
    {"E021", "路径不是绝对路径，或含“..”", "a path is not absolute, or holds '..'"},
    {"E022", "时段的起止相同", "a time window is empty: from equals to"},
    {"E023", "目的清单允许了鉴别信息（C3）", "a profile allows authentication data (C3)"},
    {"E024", "目的清单没有写处所，或没有数据项", "a profile names no place, or no elements"},
    {"E025", "两个目的清单编号相同", "two profiles have the same id"},
    {"E026", "没有这个目的清单", "a rule asks for a profile that the policy does not have"},
    {"W001", "when 为空：规则匹配所有事件", "a rule's `when` is empty: it matches every event"},
    {"W002", "规则永不匹配：条件互相排斥",
     "a rule can never match: its conditions contradict each other"},
    {"W003", "规则永不匹配：其通道未受监测", "a rule can never match: its channel is not watched"},
    {"W004", "另一条规则同样宽且同样严：此条无所增加",
     "a rule never decides and adds nothing: an as wide and as strict one covers it"},
    {"W005", "该通道做不到此动作，将执行另一动作",
     "a channel cannot do what the rule's action asks: another action is enforced there"},
    {"W006", "条款不在条款文件中，已略去", "a clause is not in the clause file: it is left out"},
    {"W007", "规则不属于任何领域", "a rule counts in no domain"},
    {"W008", "没有规则", "the policy has no rules"},
    {"W009", "列表中有重复项", "an entry stands twice in one list"},
    {"W010", "诊断超过 100 条，其余不显示",
     "there are more than 100 diagnostics: the rest is not shown"},
    {"W011", "目的清单从不适用：更靠前的清单已含其全部处所",
     "a profile never governs: an earlier one has all its places"},
    {"W012", "规则问及柜员，而策略不允许任何程序登记",
     "a rule asks for a teller, and `watch.teller` lets nobody bind one"},
    {"W013", "盘点没有可看的目录", "discovery has nothing to look at: no folder is named"},
    {"W014", "规则所列的未能检查原因从不出现",
     "a rule names a reason of coverage that is never recorded"},
}};

}  // namespace

std::span<const CodeText> codes() { return kCodes; }

std::string_view in_chinese(std::string_view code) {
  const auto* const found = std::ranges::find(kCodes, code, &CodeText::code);
  return found == kCodes.end() ? std::string_view{} : found->zh;
}

std::string_view to_string(Code code) { return kCodes[static_cast<std::size_t>(code)].code; }

}  // namespace huxin::rule
