#include "policy/detect/company_accounts.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/record_span.hpp"
#include "policy/detect/signs.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::string_view kBank = "银行";

template <std::size_t... N>
constexpr auto joined(const std::array<std::string_view, N>&... lists) {
  std::array<std::string_view, (N + ...)> all;
  auto end = all.begin();
  ((end = std::ranges::copy(lists, end).out), ...);
  return all;
}

constexpr Signs kMayBeCompany(std::to_array<std::string_view>({"开户行", "开户银行", "公司", "企业",
                                                               "事务所", "厂", "商行", "经营部",
                                                               "合作社", "单位", "集团"}));
constexpr auto kCompanyEnds =
    std::to_array<std::string_view>({"有限公司", "责任公司", "事务所", "商行", "经营部", "合作社"});
constexpr auto kForeignEnds = std::to_array<std::string_view>({"Co.,", "Ltd", "Limited"});
constexpr std::string_view kFactory = "厂";
// Who stands behind these acts for a company; who stands behind those has the account.
constexpr Signs kActs(std::to_array<std::string_view>({"法定代表人", "法人代表", "法人", "代理人",
                                                       "经办", "联系", "负责人", "财务", "会计",
                                                       "出纳", "业务员", "对账人"}));
constexpr auto kHolders = std::to_array<std::string_view>(
    {"户名", "姓名", "持卡人", "开户人", "收款人", "付款人", "存款人", "客户"});
constexpr std::size_t kActReach = 10 * kHanBytes;
constexpr std::size_t kHeaderCells = 256;  // of a table, among which its header stands
constexpr auto kCustomerWords = std::to_array<std::string_view>({"贵公司", "贵司", "您在", "名下"});
constexpr Signs kToCustomer(kCustomerWords);
// All that names_company() and kToCustomer look for.
constexpr Signs kMaySpeak(joined(kCompanyEnds, kForeignEnds, std::array{kFactory}, kCustomerWords));

// 电子设备厂, but neither 厂房 nor 厂商.
bool names_factory(std::string_view text) {
  constexpr HanSet kNoFactory = han_set("房商家区矿址内外门长级");
  for (std::size_t at = text.find(kFactory); at != std::string_view::npos;
       at = text.find(kFactory, at + kFactory.size())) {
    if (!kNoFactory.has(text.substr(at + kFactory.size()))) return true;
  }
  return false;
}

// A name before what companies end in: two characters and more, no 某某, no …银行. In a list of
// kinds of companies nothing stands there: 独资企业、有限责任公司.
bool is_company_name(std::string_view before) {
  for (const std::string_view part : {"股份", "有限", "责任", "会计师", "律师", "税务师"}) {
    if (before.ends_with(part)) before.remove_suffix(part.size());
  }
  constexpr std::size_t kName = 2 * kHanBytes;
  constexpr std::size_t kMaxName = 8 * kHanBytes;
  if (before.size() < kName || before.ends_with(kBank)) return false;
  const std::string_view least = before.substr(before.size() - kName);
  const std::string_view all = before.substr(before.size() - std::min(before.size(), kMaxName));
  return is_han(least) && is_han(least.substr(kHanBytes)) && !all.contains("某") &&
         !all.contains("×") && !all.contains("XX");
}

// 公司业务部 is a bank's own, and so is …银行股份有限公司.
bool names_company(std::string_view text) {
  for (const std::string_view end : kCompanyEnds) {
    for (std::size_t at = 0; (at = text.find(end, at)) != std::string_view::npos;
         at += end.size()) {
      if (is_company_name(text.substr(0, at))) return true;
    }
  }
  return names_factory(text) ||
         std::ranges::any_of(kForeignEnds, [&](auto end) { return text.contains(end); });
}

// The header of a cell's column; in a text what stands before a name on its line.
std::string_view label_of(const Layout& layout, const Span& name) {
  if (!layout.table()) {
    const Span line = layout.scope_of(name);
    return layout.text({name.begin - std::min(name.begin - line.begin, kActReach), name.begin});
  }
  const auto at = layout.segment_at(name.begin);
  if (!at) return {};
  const auto cells = layout.segments();
  const auto first = cells.first(std::min(cells.size(), kHeaderCells));
  const auto header = std::ranges::find_if(first, [&](const text::Segment& cell) {
    return cell.group == cells[*at].group && cell.column == cells[*at].column &&
           kActs.stand_in(layout.text(cell.span));
  });
  return header == first.end() ? std::string_view() : layout.text(header->span);
}

bool acts_for_company(const Layout& layout, const Span& name) {
  const std::string joined = without_blanks(label_of(layout, name));  // 经 办 人：
  std::string_view label = joined;
  for (const std::string_view holder : kHolders) {
    const std::size_t at = label.rfind(holder);
    if (at != std::string_view::npos) label.remove_prefix(at + holder.size());
  }
  return kActs.stand_in(label);
}

// A person other than those who act for the company that the record names.
bool names_person(const Layout& layout, std::span<const Candidate> candidates, const Span& record) {
  const bool companys = names_company(layout.text(record));
  for (auto at = std::ranges::lower_bound(candidates, record.begin, {},
                                          [](const Candidate& each) { return each.span.begin; });
       at != candidates.end() && at->span.begin < record.end; ++at) {
    if (at->kind == Kind::kName && !(companys && acts_for_company(layout, at->span))) return true;
  }
  return false;
}

}  // namespace

bool CustomerWords::speak_around(const Span& value) {
  const Span record = record_around(layout_, value);
  const auto first_in = [&](const Span& part) { return kMaySpeak.first_in(layout_.text(), part); };
  if (!ahead_.within(record, first_in)) return false;
  const std::string_view words = layout_.text(record);
  return names_company(words) || kToCustomer.stand_in(words);
}

void tell_company_accounts(const Engine& engine, const Layout& layout,
                           std::vector<Candidate>& candidates) {
  if (!engine.kinds.has(Kind::kCompanyAccount)) return;
  WordAhead ahead;
  const auto first_in = [&](const Span& part) {
    return kMayBeCompany.first_in(layout.text(), part);
  };
  const auto is_companys = [&](const Candidate& account) {
    const Span record = record_around(layout, account.span);
    if (!ahead.within(record, first_in)) return false;
    const std::string_view line = layout.text(layout.scope_of(account.span));
    const bool own_line = !layout.table() && kMayBeCompany.stand_in(line) && names_company(line);
    return own_line || !names_person(layout, candidates, record);
  };
  for (Candidate& account : candidates) {
    const bool may_be = account.kind == Kind::kPassbookAccount ||
                        (account.kind == Kind::kCompanyAccount && account.beside);
    if (!may_be || !is_companys(account)) continue;
    account.kind = Kind::kCompanyAccount;
    account.beside = false;
  }
  std::erase_if(candidates, [](const Candidate& candidate) {
    return candidate.kind == Kind::kCompanyAccount && candidate.beside;
  });
}

}  // namespace huxin::detect
