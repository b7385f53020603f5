#include "policy/detect/company_accounts.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/han.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kReach = 200;    // bytes
constexpr std::size_t kMaxRow = 2048;  // bytes of a row on either side
constexpr std::size_t kMaxCells = 64;  // of a row, on either side
constexpr std::string_view kBank = "银行";

// Words of Han that are looked for in one go.
template <std::size_t N>
class Signs {
 public:
  constexpr explicit Signs(const std::array<std::string_view, N>& words) : words_(words) {
    for (const std::string_view word : words_) begins_.add(word.substr(0, kHanBytes));
  }
  bool stand_in(std::string_view text) const {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (static_cast<unsigned char>(text[at]) < 0xE4) continue;  // where no Han begins
      const std::string_view rest = text.substr(at);
      if (begins_.has(rest) &&
          std::ranges::any_of(words_, [&](auto word) { return rest.starts_with(word); }))
        return true;
      at += kHanBytes - 1;
    }
    return false;
  }

 private:
  std::array<std::string_view, N> words_;
  HanSet begins_;
};

constexpr Signs kMayBeCompany(std::to_array<std::string_view>({"开户行", "开户银行", "公司", "企业",
                                                               "事务所", "厂", "商行", "经营部",
                                                               "合作社", "单位", "集团"}));
constexpr Signs kCompany(std::to_array<std::string_view>({"责任公司", "事务所", "商行", "经营部",
                                                          "合作社", "厂"}));
constexpr Signs kToCustomer(std::to_array<std::string_view>({"贵公司", "贵司", "您在", "名下"}));

// 公司业务部 is a bank's own, and so is …银行股份有限公司.
bool names_company(std::string_view text) {
  constexpr std::string_view kLimited = "有限公司";
  constexpr std::string_view kByShares = "股份";
  for (std::size_t at = 0; (at = text.find(kLimited, at)) != std::string_view::npos;
       at += kLimited.size()) {
    std::string_view name = text.substr(0, at);
    if (name.ends_with(kByShares)) name.remove_suffix(kByShares.size());
    if (!name.ends_with(kBank)) return true;
  }
  return kCompany.stand_in(text) || text.contains("Co.,") || text.contains("Ltd") ||
         text.contains("Limited");
}

Span row_around(const Layout& layout, std::size_t cell) {
  const auto segments = layout.segments();
  std::size_t first = cell;
  while (first > 0 && cell - first < kMaxCells && layout.same_row(first - 1, cell)) --first;
  std::size_t last = cell;
  while (last + 1 < segments.size() && last - cell < kMaxCells && layout.same_row(last + 1, cell))
    ++last;
  const Span& own = segments[cell].span;
  return {std::max(segments[first].span.begin, own.begin - std::min(own.begin, kMaxRow)),
          std::min(segments[last].span.end, own.end + kMaxRow)};
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

bool speaks_of_customer(const Layout& layout, const Span& value) {
  const std::string_view record = layout.text(record_around(layout, value));
  return names_company(record) || kToCustomer.stand_in(record);
}

void tell_company_accounts(const Engine& engine, const Layout& layout,
                           std::vector<Candidate>& candidates) {
  if (!engine.kinds.has(Kind::kCompanyAccount)) return;
  const auto is_companys = [&](const Candidate& account) {
    const Span record = record_around(layout, account.span);
    return kMayBeCompany.stand_in(layout.text(record)) && !names_person(candidates, record);
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
