#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/policy/detect/name_table.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check_names;
using test::found;
using test::names;

TEST_CASE("a name whose number follows ends before 的") {
  test::check(
      {{"王建国的身份证号11010519491231002X", "D25=王建国 D01=11010519491231002X", "beside"}});
}

TEST_CASE("names in the same place of lines with a number are a list") {
  CHECK(test::found("林鸿飞      997809450367517968325     417979.69\n"
                    "蔡惠兰      589989418984170082344     294782.89\n"
                    "段禾        780000000001234567         9812.00\n"
                    "宋静怡      605217860422660467         1212.10\n") ==
        "D25=林鸿飞 D25=蔡惠兰 D25=段禾 D25=宋静怡");
  CHECK(test::found("1. 林鸿飞 997809450367517968325\n2. 蔡惠兰 589989418984170082344\n").empty());
  CHECK(test::found("9787308153225  《围城》  萧红著\n9787308153226  《活着》  余华著\n"
                    "9787308153227  《茶馆》  老舍著\n")
            .empty());
  CHECK(test::found("王老吉 997809450367517968325\n王老吉 997809450367517968326\n"
                    "王老吉 997809450367517968327\n")
            .empty());
}

TEST_CASE("a name alone on the line above or below somebody's number is theirs") {
  CHECK(test::found("林鸿飞\n11010519491231002X\n") == "D25=林鸿飞 D01=11010519491231002X");
  CHECK(test::found("请回电13800138000\n\n👤 林鸿飞 先生（收）\n").contains("D25") == false);
  CHECK(test::found("请回电13800138000\n👤 林鸿飞 先生（收）\n") == "D27=13800138000 D25=林鸿飞");
  CHECK(test::found("高度重视\n11010519491231002X\n") == "D01=11010519491231002X");
}

TEST_CASE("one label among fields that spaces line up is a header where rows follow it") {
  CHECK(test::found(
            "序    客户（全名）   拜访目的\n1     段禾           营销\n2     林鸿飞         营销\n"
            "3     舒彪           营销\n") == "D25=段禾 D25=林鸿飞 D25=舒彪");
  CHECK(test::found("序    客户（全名）   拜访目的\n1     段禾           营销\n").empty());
}

TEST_CASE("a name between two numbers is found once, though a chunk ends behind it") {
  // A line's end in the second half of 64 KiB ends a chunk.
  std::string text((std::size_t{64} << 10U) - 40, 'x');
  text += "\n\n13800138000\n林鸿飞\n";
  REQUIRE(text.size() < std::size_t{64} << 10U);
  text += "13900139000 " + std::string(200, 'x') + "\n";
  CHECK(found(text) == "D27=13800138000 D25=林鸿飞 D27=13900139000");
  CHECK(found(text.replace(text.find("林鸿飞"), 9, "LI SHUFEN")) ==
        "D27=13800138000 D26=li shufen D27=13900139000");
}

TEST_CASE("the names of a list are told by its title") {
  CHECK(test::found("积分清零提醒名单\n（1）林鸿飞\n（2）蔡惠兰\n（3）宋静怡\n（4）段禾\n") ==
        "D25=林鸿飞 D25=蔡惠兰 D25=宋静怡 D25=段禾");
  CHECK(test::found("客户名单：\n林鸿飞、\n蔡惠兰、\n宋静怡、\n段禾、\n高度重视、\n") ==
        "D25=林鸿飞 D25=蔡惠兰 D25=宋静怡 D25=段禾");
  CHECK(test::found("中标候选项目名单\n（1）机房改造\n（2）网点装修\n").empty());
}

TEST_CASE("a name needs nothing behind it where it is hardly anything else") {
  CHECK(test::found("借款人林鸿飞资金回流股市") == "D25=林鸿飞");
  CHECK(test::found("借款人高度重视资金回流").empty());
}

TEST_CASE("a label tells a name") {
  check_names({{"姓名：张伟", "张伟"},
               {"姓名:王梓涵", "王梓涵"},
               {"姓　名：李秀英", "李秀英"},
               {"姓 名: 陈思宇", "陈思宇"},
               {"户名：欧阳静", "欧阳静"},
               {"户名 刘德华", "刘德华"},
               {"客户姓名：张李雨涵", "张李雨涵"},
               {"持卡人：司马相如", "司马相如"},
               {"客户名称:赵敏", "赵敏"},
               {"收款人：孙建军 金额：100元", "孙建军"},
               {"联系人：周杰 电话：", "周杰"},
               {"借款人：吴一诺，性别：女", "吴一诺"},
               {"姓名            郑淑珍", "郑淑珍"},
               {"姓名张三性别男", "张三"},
               {"{\"name\": \"杨帆\"}", "杨帆"},
               {"{\"custName\":\"黄晓明\"}", "黄晓明"},
               {"cust_name=徐丽", "徐丽"},
               {"姓名=“孙悦”", "孙悦"},
               {"配偶（姓名）：朱琳", "朱琳"},
               {"客户姓名为高峰", "高峰"}});
}

TEST_CASE("names of every people and script form are found") {
  check_names({{"姓名：阿卜杜拉·买买提", "阿卜杜拉·买买提"},
               {"姓名：阿卜杜拉•买买提", "阿卜杜拉·买买提"},
               {"姓名：阿卜杜拉・买买提", "阿卜杜拉·买买提"},
               {"姓名：古丽米热.吐尔逊", "古丽米热.吐尔逊"},
               {"户名：努尔买买提·艾合买提·库尔班", "努尔买买提·艾合买提·库尔班"},
               {"姓名：扎西卓玛", "扎西卓玛"},
               {"姓名：格桑顿珠", "格桑顿珠"},
               {"姓名：巴特尔", "巴特尔"},
               {"姓名：乌云其其格", "乌云其其格"},
               {"姓名：陳國榮", "陳國榮"},
               {"戶名：劉德華 姓名：張偉", "劉德華 張偉"},
               {"姓名：爱新觉罗启功", "爱新觉罗启功"},
               {"客户姓名：万茜", "万茜"},
               {"客户姓名：时小军", "时小军"},
               {"客户姓名：单玉兰", "单玉兰"},
               {"客户姓名：关晓彤", "关晓彤"},
               {"客户姓名：于洋", "于洋"},
               {"客户姓名：任重", "任重"}});
}

TEST_CASE("a name ends before the word that goes on") {
  check_names({{"尊敬的张伟先生：", "张伟"},
               {"尊敬的欧阳静女士，您好", "欧阳静"},
               {"客户：王建国先生来我行投诉", "王建国"},
               {"申请人：李娜在我行开立账户", "李娜"},
               {"客户姓名：陈静身份证号：", "陈静"},
               {"户名：赵敏的账户已冻结", "赵敏"},
               {"借款人：刘洋于2023年申请贷款", "刘洋"},
               {"联系人：买买提·吐尔逊先生", "买买提·吐尔逊"},
               {"持卡人：周明和李芳", "周明 李芳"},
               {"经办人：吴刚、郑爽", "吴刚 郑爽"}});
}

TEST_CASE("names are found whose characters blanks line up") {
  check_names({
      {"姓名：张 伟", "张伟"},
      {"姓名：张　伟", "张伟"},
      {"中文姓名：周 海 燕    姓名拼音", "周海燕"},
      {"姓名: 李  淑  芬   性别: 女", "李淑芬"},
      {"客户姓名　欧 阳 明 珠", "欧阳明珠"},
      {"户名：欧阳 明珠", "欧阳明珠"},
      {"申请人：张 三  李 四", "张三 李四"},
      {"借款人：张 三 与 李 四", "张三 李四"},
      {"姓名：张  伟 男 35岁", "张伟"},
      {"姓名：欧阳 明 珠 女", "欧阳明珠"},
      {"客户：**李向阳**", "李向阳"},
      {"对方户名：**向阳", ""},
      {"收款人：*海涛", ""},
      {"申请人（签字）：       年   月   日", ""},
      {"户名： 元 角 分", ""},
      {"联系人：王 经理", ""},
      {"姓名：周 一 周 二", ""},
      {"户名：金 额 单 位", ""},
  });
  CHECK(found("张 伟 11010519491231002X\n") == "D25=张伟 D01=11010519491231002X");
  CHECK(found("姓名\t证件\n王　刚\t11010519491231002X\n张 伟\t330106196805122046\n")
            .starts_with("D25=王刚 "));
}

TEST_CASE("a name stands behind what was done with somebody") {
  CHECK(found("上午联系了王秀兰女士（13800138000）") == "D25=王秀兰 D27=13800138000");
  CHECK(found("昨天见了朱文斌先生，13800138000") == "D25=朱文斌 D27=13800138000");
  CHECK(found("给吴海燕打电话13800138000未接") == "D25=吴海燕 D27=13800138000");
  CHECK(found("他解决了高度重视的问题，13800138000") == "D27=13800138000");
  CHECK(found("过程顺利，13800138000") == "D27=13800138000");
  CHECK(found("办了金葵花，13800138000") == "D27=13800138000");
}

TEST_CASE("signatures are read past their note and their line") {
  check_names({{"申请人（签字）：张伟", "张伟"},
               {"借款人(签章)： 李娜", "李娜"},
               {"客户签名：王芳", "王芳"},
               {"客户签名：______王芳______", "王芳"},
               {"申请人（签字）：__________", ""},
               {"经办人签字：           年  月  日", ""}});
}

TEST_CASE("without a separator only a sure name counts") {
  check_names({{"客户王建国办理取款业务", "王建国"},
               {"客户李秀英女士来行咨询", "李秀英"},
               {"本人陈思宇，身份证号码如下", "陈思宇"},
               {"持卡人刘德华", "刘德华"},
               {"客户经理提醒您", ""},
               {"客户关系管理系统", ""},
               {"客户方便的时候", ""},
               {"客户金额较大时", ""},
               {"客户高峰期排队", ""},
               {"客户明确表示", ""},
               {"客户任何时候均可", ""},
               {"客户在柜台办理", ""},
               {"客户马上办理", ""},
               {"客户张贴告示", ""},
               {"客户成功开户", ""},
               {"客户常用的渠道", ""},
               {"客户于次日到账", ""},
               {"客户申请贷款", ""},
               {"客户严重逾期", ""},
               {"客户安全意识", ""},
               {"客户项目部", ""},
               {"法人银行机构", ""},
               {"法人治理结构", ""},
               {"本人承诺以上信息真实", ""},
               {"本人同意贵行查询", ""},
               {"配偶双方到场", ""},
               {"监护人应当陪同", ""},
               {"联系人管理", ""},
               {"申请人应如实填写", ""},
               {"收款人全称", ""},
               {"付款人开户行", ""},
               {"尊敬的客户：", ""},
               {"尊敬的各位领导", ""},
               {"尊敬的行长", ""}});
}

TEST_CASE("a label does not make a name of anything") {
  check_names({{"客户：中国工商银行股份有限公司", ""},
               {"户名：张三丰贸易有限公司", ""},
               {"户名：上海华夏实业有限公司", ""},
               {"客户名称：江苏南通建工集团", ""},
               {"联系人：", ""},
               {"姓名：", ""},
               {"姓名：________", ""},
               {"姓名：不详", ""},
               {"姓名：无", ""},
               {"姓名：（必填）", ""},
               {"客户：高端", ""},
               {"收款人：支付宝", ""},
               {"联系人：客服", ""},
               {"经办人：系统", ""},
               {"申请人：请填写全名", ""},
               {"户名：江苏省南京市分行", ""},
               {"户名：北京市财政局", ""},
               {"name: 安全", ""},
               {"\"name\": \"金融科技\"", ""},
               {"\"name\": \"时间\"", ""},
               {"\"name\": \"任务管理\"", ""},
               {"\"name\": \"江苏\"", ""},
               {"name=\"方案\"", ""},
               {"<Button name=\"查询\">", ""}});
}

TEST_CASE("a name beside another element needs no label") {
  check_names({{"张伟,13800138000", "张伟"},
               {"13800138000 李娜", "李娜"},
               {"王建国 11010519491231002X", "王建国"},
               {"1、陈静（13900139000）", "陈静"},
               {"陈静（手机13900139000）", "陈静"},
               {"买买提·吐尔逊 13800138000", "买买提·吐尔逊"},
               {"扎西卓玛\t13800138000", "扎西卓玛"},
               {"刘洋|6200000000000005|正常", "刘洋"},
               {"江苏 13800138000", ""},
               {"客服电话，13800138000", ""},
               {"单位 13800138000", ""},
               {"温馨 提示 13800138000", ""},
               {"黄金 时段 13800138000", ""},
               {"管理员 13800138000", ""},
               {"康师傅 13800138000", ""},
               {"周五 13800138000 下午", ""}});
}

TEST_CASE("a name between a record's elements ends where they begin") {
  test::check(
      {{"13800138000,张伟,13900139000", "D27=13800138000 D25=张伟 D27=13900139000", "between two"},
       {"13800138000张伟,13900139000", "D27=13800138000 D25=张伟 D27=13900139000",
        "tied to the first"},
       {"13800138000号段,13900139000", "D27=13800138000 D27=13900139000", "words"}});
}

TEST_CASE("a name under its header needs no common characters, whatever stands before it") {
  test::check({{"手机号,姓名\n13800138000,万俟麒\n", "D27=13800138000 D25=万俟麒", "in its column"},
               {"手机号;姓名;备注\n13800138000;万俟麒;13900139000\n",
                "D27=13800138000 D25=万俟麒 D27=13900139000", "between two others"}});
}

TEST_CASE("rows between brackets are records of their own") {
  check_names({{"INSERT INTO t (a, b) VALUES ('张伟', '13800138000'), ('李娜', '13900139000');",
                "张伟 李娜"},
               {"INSERT INTO t VALUES ('13800138000', '王建国', 'x'),('13900139000', '陈静', 'y');",
                "王建国 陈静"},
               {"[(\"赵敏\", 13800138000), (\"孙悦\", 13900139000)]", "赵敏 孙悦"},
               {"[{a:'周杰',b:13800138000},{a:'吴刚',b:13900139000}]", "周杰 吴刚"},
               {"<real_name>关振华</real_name>", "关振华"},
               {"<姓名>何立新</姓名>", "何立新"},
               {"BEGIN:VCARD\nFN:戚喆\nTEL:13800138000\nEND:VCARD\n", "戚喆"}});
}

TEST_CASE("prose, news and minutes hold no names without a label") {
  for (const char* text : {"张伟今天去了北京，见到了李娜。",
                           "新华社北京3月1日电（记者王建国）国务院总理主持召开常务会议。",
                           "据新华社报道，张艺谋执导的影片将于下周上映。",
                           "会议由行长张伟主持，副行长李娜、王芳出席会议。",
                           "参会人员：各部门负责人",
                           "鲁迅先生说过，时间就像海绵里的水。",
                           "王先生您好，您尾号1234的账户余额不足。",
                           "李女士的儿子今年上小学。",
                           "诺贝尔文学奖得主莫言在斯德哥尔摩发表演讲。",
                           "乔布斯·史蒂夫创办了苹果公司。",
                           "刘备、关羽、张飞桃园三结义。",
                           "林黛玉和贾宝玉是《红楼梦》中的人物。",
                           "马上到成都路与温州街交口的徐家汇花园。",
                           "为进一步加强客户信息保护，现将有关事项通知如下：",
                           "一、高度重视，严格落实责任；二、周密部署，全面排查。",
                           "本次培训由张老师主讲，时间为周五下午。",
                           "金融消费者权益保护工作会议纪要",
                           "请各支行于本周五前将材料报送至个人金融部。",
                           "华为、小米、康师傅、李宁等品牌参展。",
                           "张江高科技园区、陆家嘴金融城和徐家汇商圈",
                           "高等数学、线性代数、单片机原理",
                           "白酒、黄酒、红酒和啤酒的关税各不相同。",
                           "国家主席习近平出席开幕式并发表主旨演讲。",
                           "主演：周杰伦，导演：李安",
                           "《张居正》是熊召政创作的长篇小说。",
                           "江苏、安徽、山东、河南等地有大雨。",
                           "项目经理应当每周提交进度报告。"}) {
    CAPTURE(text);
    CHECK(names(text).empty());
  }
}

TEST_CASE("code, logs and file names hold no names") {
  for (const char* text :
       {"std::string name = \"安全\";", "logger.info(\"客户 {} 登录\", id);",
        "2026-03-01 12:00:00 INFO 任务 成功 耗时 13ms", "var 张三 = new Person();",
        "/data/客户资料/张伟_2024.docx", "客户清单-王芳-终版.xlsx",
        "C:\\Users\\李娜\\Desktop\\报表.xls", "git commit -m \"修复张三反馈的问题\"",
        "# 姓名字段不能为空", "if (姓名 == null) throw new Error(\"姓名不能为空\");",
        "SELECT 姓名, 余额 FROM 客户 WHERE 余额 > 0;",
        "CREATE TABLE 客户 (姓名 VARCHAR(20), 性别 CHAR(1));", "name: huxin\nversion: 1\n",
        "\"file_name\": \"高清.mp4\"", "\"className\": \"金卡\"", "@param name 用户的姓名",
        "label 姓名 input type=text name=xm", "<th>姓名</th><th>性别</th><th>单位</th>",
        "【姓名】【性别】【年龄】"}) {
    CAPTURE(text);
    CHECK(names(text).empty());
  }
}

TEST_CASE("an organisation's or a product's name under an English key is no person's") {
  check_names({{"\"file_name\": \"张伟\"", ""},
               {"\"cityName\": \"高雄\"", ""},
               {"product_name=王老吉", ""},
               {"\"brandName\":\"李宁\"", ""},
               {"branch_name: 徐汇", ""},
               {"\"customer_name\": \"张伟\"", "张伟"},
               {"\"userName\": \"张伟\"", "张伟"}});
}

TEST_CASE("hostile runs of Han cost no more than they are long") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "姓名：张";
  CHECK(names(text).size() < text.size());
  std::string dots = "姓名：";
  for (int i = 0; i < 100'000; ++i) dots += "张·";
  CHECK(names(dots).empty());
  CHECK(names("姓名：" + std::string(1'000'000, ' ') + "张伟").empty());
  CHECK(names("姓名\xEF\xBC").empty());
}

}  // namespace
}  // namespace huxin::detect
