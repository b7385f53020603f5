// Checks that search the incidents of the month.
#include <algorithm>
#include <map>
#include <set>

#include "collector/assess/evaluate_checks.hpp"

namespace huxin::assess::checks {
namespace {

constexpr std::uint32_t kCreditReport = 69;
constexpr std::uint32_t kFirstTrack = 42, kLastPin = 48;
constexpr std::uint32_t kFirstCode = 49, kLastCode = 52;
constexpr std::uint32_t kFirstCard = 40, kLastCard = 41;
constexpr std::uint32_t kFirstAml = 71, kLastAml = 74;
constexpr int kOpens = 7, kCloses = 20;  // hours by the bank's clock
constexpr auto kSameTime = std::chrono::minutes(10);

bool at_rest(const IncidentFact& incident) { return incident.stage == rule::Stage::kStore; }

bool leaves(const IncidentFact& incident) {
  return incident.channel == rule::Channel::kNetwork ||
         incident.channel == rule::Channel::kClipboard ||
         incident.channel == rule::Channel::kRemovable;
}

bool stopped(const IncidentFact& incident) {
  return incident.action == rule::Action::kBlock || incident.action == rule::Action::kQuarantine ||
         incident.action == rule::Action::kMask;
}

int hour_of(Time time) {
  const auto since = time - day_begin(bank_day(time));
  return static_cast<int>(std::chrono::floor<std::chrono::hours>(since).count());
}

std::vector<Evidence> evidence_of_all(const std::vector<const IncidentFact*>& incidents) {
  std::vector<Evidence> evidence;
  for (const IncidentFact* incident : incidents) evidence.push_back(evidence_for(*incident));
  return evidence;
}

/// Something that tried to leave: fails when it got through, is partial when all was stopped.
Suggestion sent(const Branchly& branch, const std::vector<const IncidentFact*>& tries,
                std::string_view zh, std::string_view en) {
  const auto through =
      std::ranges::count_if(tries, [](const auto* each) { return !stopped(*each); });
  if (tries.empty() || through > 0) return none_of(branch, tries, zh, en);
  return verdict(Verdict::kPartial, fmt::format("{}：{} 起，均被拦截", zh, tries.size()),
                 fmt::format("{}: {} tried, all stopped", en, tries.size()),
                 evidence_of_all(tries));
}

bool names_any(const IncidentFact& incident, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) {
    return incident.process.contains(word) || incident.destination.contains(word);
  });
}

}  // namespace

Suggestion authorisations(const Branchly& branch) {
  const auto asked =
      branch.incidents([](const IncidentFact& each) { return !each.authorisation.empty(); });
  const auto without = branch.incidents([](const IncidentFact& each) {
    return each.authorisation == "missing" || each.authorisation == "expired";
  });
  if (!without.empty())
    return verdict(Verdict::kFail, fmt::format("{} 份征信报告没有有效授权", without.size()),
                   fmt::format("{} credit report(s) without a valid authorisation", without.size()),
                   evidence_of_all(without));
  if (asked.empty())
    return cannot("本月没有与授权核对过的征信报告，请核对查询日志",
                  "no credit report was matched to an authorisation; match the query log by hand");
  return verdict(Verdict::kPass, fmt::format("{} 份征信报告均有授权", asked.size()),
                 fmt::format("{} credit report(s), all authorised", asked.size()),
                 evidence_of_all(asked));
}

Suggestion shared_accounts(const Branchly& branch) {
  std::map<std::string, std::vector<const IncidentFact*>> by_teller;
  for (const IncidentFact& each : branch.facts().incidents) {
    if (!each.teller.empty()) by_teller[each.teller].push_back(&each);
  }
  std::set<const IncidentFact*> shared;
  bool any = false;
  for (auto& [teller, incidents] : by_teller) {
    std::ranges::sort(incidents, {}, &IncidentFact::time);
    for (std::size_t i = 0; i < incidents.size(); ++i) {
      any = any || incidents[i]->branch == branch.branch();
      if (i == 0 || incidents[i]->terminal == incidents[i - 1]->terminal ||
          incidents[i]->time - incidents[i - 1]->time > kSameTime)
        continue;
      for (const IncidentFact* each : {incidents[i - 1], incidents[i]}) {
        if (each->branch == branch.branch()) shared.insert(each);
      }
    }
  }
  if (!shared.empty())
    return verdict(Verdict::kFail, "同一柜员号十分钟内出现在两台终端",
                   "one teller number on two terminals within ten minutes",
                   evidence_of_all({shared.begin(), shared.end()}));
  if (!any)
    return cannot("本月事件不带柜员号，无从判断", "no incident of the month names its teller");
  return verdict(Verdict::kPass, "未见一号多机", "no teller number on two terminals at a time");
}

Suggestion off_hours(const Branchly& branch) {
  const auto late = branch.incidents([](const IncidentFact& each) {
    const int hour = hour_of(each.time);
    return each.has(kCreditReport, kCreditReport) && (hour < kOpens || hour >= kCloses);
  });
  if (!late.empty())
    return verdict(Verdict::kPartial,
                   fmt::format("{} 起征信事件在 20 时至次日 7 时之间，须有说明", late.size()),
                   fmt::format("{} credit incident(s) between 20:00 and 07:00 need an explanation",
                               late.size()),
                   evidence_of_all(late));
  return none_of(branch, {}, "非工作时间征信查询", "credit queries off hours");
}

Suggestion reports_at_rest(const Branchly& branch) {
  return none_of(branch, branch.incidents([&](const IncidentFact& each) {
    const Staff* const person = branch.person(each.teller);
    const bool of_group = person != nullptr && person->credit;
    return at_rest(each) && each.has(kCreditReport, kCreditReport) && !of_group;
  }),
                 "征信岗以外留存征信报告", "credit reports at rest outside the credit group");
}

Suggestion reports_sent(const Branchly& branch) {
  return sent(branch, branch.incidents([](const IncidentFact& each) {
    return leaves(each) && each.has(kCreditReport, kCreditReport);
  }),
              "征信报告外发", "credit reports sent out");
}

Suggestion leavers(const Branchly& branch) {
  const auto after = branch.incidents([&](const IncidentFact& each) {
    const Staff* const person = branch.person(each.teller);
    return person != nullptr && !person->employed_on(bank_day(each.time));
  });
  const bool known = std::ranges::any_of(branch.facts().incidents, [&](const IncidentFact& each) {
    return each.branch == branch.branch() && !each.teller.empty();
  });
  if (after.empty() && !known)
    return cannot("本月事件不带柜员号，请以员工名单与系统用户核对",
                  "no incident of the month names its teller; match staff and users by hand");
  return none_of(branch, after, "离岗人员的柜员号仍在使用", "teller numbers of leavers in use");
}

Suggestion authentication_at_rest(const Branchly& branch) {
  return none_of(branch, branch.incidents([](const IncidentFact& each) {
    return at_rest(each) && each.has(kFirstTrack, kLastPin);
  }),
                 "磁道、卡片验证码或密码留存", "track, CVN2 or PIN at rest");
}

Suggestion clear_cards(const Branchly& branch) {
  const auto clear = branch.incidents(
      [](const IncidentFact& each) { return at_rest(each) && each.has(kFirstCard, kLastCard); });
  if (!clear.empty())
    return none_of(branch, clear, "终端留存明文卡号", "card numbers at rest in clear");
  return cannot("终端未见明文卡号；凭条与屏幕须抽样查看",
                "no card number at rest in clear; sample slips and screens by hand");
}

Suggestion one_time_codes(const Branchly& branch) {
  const auto copied = branch.incidents(
      [](const IncidentFact& each) { return leaves(each) && each.has(kFirstCode, kLastCode); });
  if (!copied.empty())
    return sent(branch, copied, "认证信息被复制或外发", "authentication data copied or sent");
  return cannot("未见复制或外发；口述须现场观察",
                "none copied or sent; observe what is read aloud");
}

Suggestion str_holders(const Branchly& branch) {
  return none_of(branch, branch.incidents([&](const IncidentFact& each) {
    const Staff* const person = branch.person(each.teller);
    const bool of_group = person != nullptr && person->aml;
    return at_rest(each) && each.has(kFirstAml, kLastAml) && !of_group;
  }),
                 "反洗钱岗以外持有反洗钱资料", "AML files held outside the AML group");
}

Suggestion str_sent(const Branchly& branch) {
  return sent(branch, branch.incidents([](const IncidentFact& each) {
    return leaves(each) && each.has(kFirstAml, kLastAml);
  }),
              "反洗钱信息外发", "AML information sent out");
}

Suggestion messengers(const Branchly& branch) {
  return sent(branch, branch.incidents([](const IncidentFact& each) {
    return leaves(each) && names_any(each, {"wechat", "weixin", "WeChat", "qq", "dingtalk"});
  }),
              "客户信息进入即时通讯", "customer data into messengers");
}

Suggestion uploads_blocked(const Branchly& branch) {
  const auto uploads = branch.incidents(
      [](const IncidentFact& each) { return each.channel == rule::Channel::kNetwork; });
  const auto through = branch.incidents([](const IncidentFact& each) {
    return each.channel == rule::Channel::kNetwork && !stopped(each);
  });
  if (!through.empty()) return none_of(branch, through, "上传未被拦截", "uploads not stopped");
  if (uploads.empty())
    return cannot("本月没有上传事件；请用测试文件验证",
                  "no upload was seen this month; try with a test file");
  return verdict(Verdict::kPass, fmt::format("{} 起上传均被拦截", uploads.size()),
                 fmt::format("{} upload(s), all stopped", uploads.size()),
                 evidence_of_all(uploads));
}

Suggestion test_data(const Branchly& branch) {
  return none_of(branch, branch.incidents([](const IncidentFact& each) {
    return at_rest(each) && std::ranges::find(each.clauses, "K25") != each.clauses.end();
  }),
                 "测试环境有未脱敏数据", "unmasked data in test folders");
}

}  // namespace huxin::assess::checks
