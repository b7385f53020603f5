#include "policy/detect/company_accounts.hpp"

#include <algorithm>

namespace huxin::detect {
namespace {

constexpr std::size_t kReach = 200;    // bytes
constexpr std::size_t kMaxCells = 64;  // of a row, on either side

bool names_company(std::string_view text) {
  constexpr std::string_view kSigns[] = {"开户行", "开户银行", "公司", "企业",
                                         "事务所", "厂",       "单位", "集团"};
  return std::ranges::any_of(kSigns, [&](std::string_view sign) { return text.contains(sign); });
}

Span row_around(const Layout& layout, std::size_t cell) {
  const auto segments = layout.segments();
  const auto same_row = [&](std::size_t other) {
    return segments[other].row == segments[cell].row &&
           segments[other].group == segments[cell].group;
  };
  std::size_t first = cell;
  while (first > 0 && cell - first < kMaxCells && same_row(first - 1)) --first;
  std::size_t last = cell;
  while (last + 1 < segments.size() && last - cell < kMaxCells && same_row(last + 1)) ++last;
  return {segments[first].span.begin, segments[last].span.end};
}

Span record_around(const Layout& layout, const Span& account) {
  if (layout.table()) {
    const auto cell = layout.segment_at(account.begin);
    return cell ? row_around(layout, *cell) : account;
  }
  const std::string_view text = layout.text();
  const std::size_t low = account.begin - std::min(account.begin, kReach);
  const std::size_t high = std::min(text.size(), account.end + kReach);
  const std::size_t blank = text.substr(low, account.begin - low).rfind("\n\n");
  const std::size_t begin = blank == std::string_view::npos ? low : low + blank;
  return {begin, std::min(text.substr(0, high).find("\n\n", account.end), high)};
}

bool names_person(std::span<const Candidate> candidates, const Span& record) {
  auto at = std::ranges::lower_bound(candidates, record.begin, {},
                                     [](const Candidate& each) { return each.span.begin; });
  while (at != candidates.end() && at->span.begin < record.end && at->kind != Kind::kName) ++at;
  return at != candidates.end() && at->span.begin < record.end;
}

}  // namespace

void tell_company_accounts(const Engine& engine, const Layout& layout,
                           std::vector<Candidate>& candidates) {
  if (!engine.kinds.has(Kind::kCompanyAccount)) return;
  const auto is_companys = [&](const Candidate& account) {
    const Span record = record_around(layout, account.span);
    return names_company(layout.text(record)) && !names_person(candidates, record);
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
