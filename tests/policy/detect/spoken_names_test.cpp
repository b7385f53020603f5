#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/policy/detect/name_table.hpp"

namespace huxin::detect {
namespace {

using test::check_names;

TEST_CASE("who is spoken to is found before the words that speak to him") {
  check_names({{"萧秉坤您好，您的账户在异地登录", "萧秉坤"},
               {"【XX银行】薛银环，您尾号0657的卡支出288.81元", "薛银环"},
               {"【XX银行】李芷若女士，您的贷款将到期", "李芷若"},
               {"亲爱的袁致远，祝您生日快乐！", "袁致远"},
               {"尊敬的客户，您好！", ""},
               {"欢迎光临，您好！", ""},
               {"张经理您好，请查收。", ""}});
}

TEST_CASE("who says his name behind a label has that name") {
  check_names({{"客户：我叫钱国强，后六位123119", "钱国强"},
               {"客户：我是钱国强。", "钱国强"},
               {"客户：我是来办卡的。", ""}});
}

TEST_CASE("a family name and what somebody is are no name") {
  check_names({{"联系人：郑法官  0571-87654321", ""},
               {"联系人：郑律师 13800138000", ""},
               {"客户：王阿姨 13800138000", ""},
               {"经办人：蒋柜员", ""},
               {"联系人：郑法 13800138000", "郑法"}});
}

TEST_CASE("a letter's salutation and the speakers of a conversation are names") {
  check_names({{"催收通知书\n朱梓萱：\n　　截至2026年1月11日", "朱梓萱"},
               {"李芷若先生：\n　　值此新春佳节", "李芷若"},
               {"2026-02-14 12:01 陈继红: 哪个行\n", "陈继红"},
               {"[10:05:33] 欧阳静：好的\n", "欧阳静"},
               {"诸葛焱 15:22\n有效期多久\n", "诸葛焱"},
               {"客户经理 15:22\n好的\n", ""},
               {"2026-02-14 12:01 系统: 已转接\n", ""},
               {"时间 12:01 金额: 12元\n", ""},
               {"附件：\n一、章程", ""}});
}

TEST_CASE("names go on behind one that a label tells, along the line and down the lines") {
  check_names({{"客户代表：阮豹、贾嫣、庞亚男。", "阮豹 贾嫣 庞亚男"},
               {"持卡人：周明、经办人李芳", "周明 李芳"},
               {"收款人：周明，金额：100元", "周明"},
               {"贵宾客户（排名不分先后）：廖黎明，尚季良，夏长江。", "廖黎明 尚季良 夏长江"},
               {"申请人：张伟，江苏，金融，应付", "张伟"},
               {"中奖客户名单：\n常巧云\n魏仲平\n白娅\n\n以上\n", "常巧云 魏仲平 白娅"}});
}

TEST_CASE("in a clause beside other elements names stand behind words that lead to them") {
  check_names({{"代领人孟彪，19039911834。", "孟彪"},
               {"请将退款汇至潘语嫣名下卡6229113924872586", "潘语嫣"},
               {"请协助查询谷雨婷（居民身份证11010519491231002X）在你行的存款", "谷雨婷"},
               {"客户石超来电咨询，卡号6200000000000005", "石超"},
               {"给妈妈李桂芳 卡6200000000000005", "李桂芳"},
               {"儿子陈浩然学费 6200000000000005", "陈浩然"},
               {"客户来电咨询，卡号6200000000000005", ""},
               {"请将资料寄至网点，电话13800138000", ""}});
}

TEST_CASE("a name that a label told is found again where nothing tells it") {
  check_names({{"户名：欧阳静怡\n欧阳静怡称卡已遗失\n", "欧阳静怡 欧阳静怡"},
               {"姓名：王强\n会上强调，王强调研\n", "王强"},
               {"姓名：王强\n此致\n王强\n", "王强 王强"}});
}

TEST_CASE("dots, dashes and arrows lead from a label to a name") {
  check_names({{"姓名.........梁娇", "梁娇"},
               {"户名…………严璇", "严璇"},
               {"姓名 → 钟雅琴", "钟雅琴"},
               {"姓名——令狐琪", "令狐琪"}});
}

TEST_CASE("places, titles and heads of departments are no names") {
  check_names({{"武川县,13800138000", ""},
               {"汉川市,13800138000", ""},
               {"陈总,13800138000", ""},
               {"姓名：陈总", ""}});
}

}  // namespace
}  // namespace huxin::detect
