"""Prose of an office that speaks of money, people in public and numbers, and of no customer."""
from .. import facts, numbers, words
from ..document import Document
from ..registry import quiet
from .. import tables


def sentences(d: Document, stock: list[str], least: int = 3) -> None:
    for sentence in d.rng.sample(stock, d.rng.randrange(least, len(stock) + 1)):
        d.add(sentence.format(n8=numbers.number(d.rng, 8), n11=numbers.number(d.rng, 11), n16=numbers.number(d.rng, 16), n18=numbers.number(d.rng, 18),
                              sum=f"{d.rng.randrange(1, 9000)}.{d.rng.randrange(100):02}", city=d.rng.choice(facts.counties())[2] or "北京市",
                              county=d.rng.choice(facts.counties())[3], famous=d.rng.choice(words.sections("names")["public"]), year=d.rng.randrange(1990, 2026)))
        d.add("\n" if d.rng.random() < 0.4 else "")
    d.add("\n")


@quiet("prose-news")
def news(d: Document) -> None:
    sentences(d, ["本报北京2月11日电 记者从有关部门获悉，{year}年全国社会消费品零售总额达{sum}万亿元。", "会议在{city}{county}举行，来自各地的代表参加了开幕式。",
                  "文学馆举办{famous}诞辰纪念展，展出手稿及书信{n8}件。", "受冷空气影响，{city}大部地区气温下降，{county}出现小雪。", "王府井大街客流明显增加，商家延长了营业时间。",
                  "专家表示，金融机构应当依法保护个人信息，完善客户身份识别制度。", "据统计，全年快递业务量突破{n11}件，同比增长12.5%。"])


@quiet("prose-news-finance")
def news_finance(d: Document) -> None:
    sentences(d, ["截至收盘，沪指报{sum}点，成交额{n11}元。", "央行今日开展{sum}亿元逆回购操作，中标利率1.40%。", "上市银行陆续披露年报，客户存款余额稳步增长。",
                  "金价上涨，黄金期货合约报每盎司{sum}美元。", "分析师认为，高新技术企业贷款余额将继续提高。", "{city}发布公告，推进数字人民币试点，开立个人钱包{n11}个。"])


@quiet("prose-history")
def history(d: Document) -> None:
    sentences(d, ["{famous}的作品影响了几代读者。", "据《史记》记载，张骞出使西域，班超投笔从戎。", "李时珍遍访名山，著成《本草纲目》，收药物1892种。", "唐代诗人杜甫寓居成都草堂，留诗二百四十余首。",
                          "马可·波罗游历东方，其行纪流传甚广。", "祖冲之推算圆周率在3.1415926与3.1415927之间。", "博物馆藏品编号{n11}，入藏于{year}年。"])


@quiet("prose-minutes")
def minutes(d: Document) -> None:
    d.line("会议纪要").line(f"时间：2026年2月{d.rng.randrange(1, 28)}日 14:30").line("地点：三楼会议室").line("参会部门：信息科技部、风险管理部、运营管理部")
    sentences(d, ["会议审议了客户信息保护专项检查方案。", "会议要求各支行于3月15日前完成自查，严格执行密码管理规定，密码长度不少于8位。", "项目编号{n11}，预算{sum}万元。",
                  "会议指出，网点应规范放置客户资料，办公电话统一由总机转接。", "会后由经理室督办落实。", "合同金额合计人民币{sum}万元，按季支付。"])


@quiet("prose-weekly-report")
def weekly_report(d: Document) -> None:
    d.line("本周工作周报")
    sentences(d, ["完成核心系统版本 V3.{n8} 上线，缺陷关闭率 98%。", "处理工单{n8}个，其中工单号{n16}为重复提交。", "本周接口调用{n11}次，平均耗时35毫秒。", "单号 {n18} 的退款流程已跟进。",
                  "下周计划：完善用户名与密码的加密存储方案，评审登录模块。", "风险提示：测试环境中账号字段长度不足19位。"])


@quiet("prose-manual")
def manual(d: Document) -> None:
    d.line("柜面系统操作手册 第三章")
    sentences(d, ["输入客户姓名、证件号码和手机号码后，点击“查询”按钮。", "身份证号共18位，末位可为X；银行卡号为16至19位。", "卡号示例：6222************，不得录入真实卡号。", "交易成功后系统返回16位流水号，如{n16}。",
                  "忘记密码时，请联系管理员重置，初始密码将通过密码信封发放。", "请勿在备注中填写密码、验证码等信息。", "地址栏请按省、市、区、街道、门牌号的顺序填写。", "联系电话为必填项，须填写11位手机号码。"])


@quiet("prose-manual-english")
def manual_english(d: Document) -> None:
    sentences(d, ["The account number has 16 to 19 digits and is validated with the Luhn check. ", "Enter your name and password, then press Enter. ", "Build 20260211.{n8} was released on 11 February. ",
                  "The customer name field accepts up to 64 characters. ", "Part number 1350-{n8} replaces part number 1380-{n8}. ", "The tracking number {n18} is shown on the label. ", "Passport control was closed for 30 minutes. "])


@quiet("prose-policy")
def policy(d: Document) -> None:
    d.line("客户信息保护管理办法（节选）")
    sentences(d, ["第十二条 各机构不得泄露客户姓名、身份证件号码、联系方式、账户余额等信息。", "第十三条 查询个人信用报告应当取得信息主体书面授权。", "第十四条 可疑交易报告及相关信息应当保密，不得向客户提示。",
                  "第十五条 征信报告中的信贷交易信息明细、查询记录等内容不得擅自复制。", "第十六条 员工发现洗钱线索的，应当按规定提交，做好分析和初步判断。", "第十七条 本办法由总行法律合规部负责解释，文号〔2026〕{n8}。"])


@quiet("prose-training")
def training(d: Document) -> None:
    d.line("反洗钱知识培训材料")
    sentences(d, ["一份完整的可疑交易报告应写明发现过程、可疑点分析、初步判断和已采取的措施。", "对高风险客户应当开展强化尽职调查，识别受益所有人。", "大额交易报告的标准为当日单笔或累计人民币5万元以上。",
                  "收到反洗钱调查通知书的机构应当予以配合。", "个人信用报告由个人基本信息、信息概要、信贷交易信息明细等部分构成，读懂它并不难。", "课程编号{n8}，学时2。"])


@quiet("prose-notice")
def notice(d: Document) -> None:
    d.line("关于系统升级的公告")
    sentences(d, ["我行定于2026年2月14日0:00至6:00进行系统升级，期间手机银行、网上银行暂停服务。", "公告编号：2026{n8}。", "如有疑问，请咨询网点大堂经理或拨打客服热线95588。", "请妥善保管银行卡和密码，谨防诈骗。", "升级完成后版本号为{n11}。"])


@quiet("prose-product")
def product(d: Document) -> None:
    d.line("产品说明书").line(f"产品代码：{numbers.number(d.rng, 8)}  登记编码：C10{numbers.digits(d.rng, 11)}")
    sentences(d, ["本产品为固定收益类，期限{n8}天以内，风险等级R2。", "业绩比较基准2.80%—3.20%，认购起点1万元。", "募集规模上限{n11}元。", "高级保险柜型号1380-0013-8000，额定电压220V。", "执行标准GB/T 32918，备案号{n16}。"])


@quiet("prose-contract-template")
def contract_template(d: Document) -> None:
    d.line("个人借款合同（示范文本）").line("甲方（借款人）：____________").line("身份证号码：____________________").line("联系电话：____________").line("乙方（贷款人）：________银行")
    sentences(d, ["第一条 借款金额以借据记载为准，借款期限不超过三年。", "第二条 利率按LPR加点确定。", "第三条 甲方应当按期偿还本息，余额按日计息。", "第四条 争议由乙方住所地人民法院管辖。", "合同版本号{n11}。"], 2)
    tables.word(d) if d.rng.random() < 0.5 else None


@quiet("prose-blank-form")
def blank_form(d: Document) -> None:
    for label in ("姓名", "性别", "身份证号码", "出生日期", "手机号码", "家庭住址", "工作单位", "电子邮箱", "银行卡号", "密码"):
        d.line(label, "：", d.rng.choice(["", "________", "（请填写）", "必填", "同上"]))
    d.line("表单编号：", numbers.number(d.rng, 11))


@quiet("prose-masked")
def masked(d: Document) -> None:
    d.line("【温馨提示】尊敬的客户：您尾号", numbers.digits(d.rng, 4), "的储蓄卡于2月11日10时15分支出人民币", f"{d.rng.randrange(10, 9000)}.00元。")
    d.line("户名：*伟，身份证号：110105********002X，手机号：138****8000，卡号：622202*********1234。").line("凭证号 ", numbers.number(d.rng, 16), "，请以实际到账为准。")


@quiet("prose-recruitment")
def recruitment(d: Document) -> None:
    d.line("招聘公告")
    sentences(d, ["岗位：客户经理5名，柜员10名。", "要求：全日制本科及以上学历，30周岁以下。", "报名系统将于2月28日关闭，报名序号{n11}。", "应聘人员须携带身份证、学历证书原件及复印件。", "工作地点：{city}。"])


@quiet("prose-bidding")
def bidding(d: Document) -> None:
    d.line(f"招标公告 项目编号：ZB2026-{numbers.number(d.rng, 11)}")
    sentences(d, ["采购内容：点钞机{n8}台套。", "预算金额：人民币{sum}万元。", "投标文件递交截止时间：2026年3月15日9时30分。", "开标地点：{city}公共资源交易中心三楼开标厅。", "包号{n16}，标段二。"])


@quiet("prose-telephone-words")
def telephone_words(d: Document) -> None:
    sentences(d, ["型号13800138系列路由器销量达{n8}台。", "编号15012345678901的样品不合格。", "他在电话里说，明天上午开会。", "手机号码归属地查询服务升级。", "订单13{n8}{n8}已取消。", "合计13,900,000,000元。", "圆周率约为3.14159265358979。"])


@quiet("prose-english-news")
def english_news(d: Document) -> None:
    sentences(d, ["Shares rose {sum} percent on Wednesday. ", "The company shipped {n11} units in {year}. ", "Its chief executive told reporters that mobile banking would grow. ", "The bank's name was changed in {year}. ",
                  "Invoice {n8} was paid in full. ", "The contact of an aluminium conductor is rated at 16 amperes. ", "Order 4{n8}{n8} ships on Monday. "])


@quiet("prose-mail-office")
def mail_office(d: Document) -> None:
    d.line("各位同事：").line("请于今日下班前提交2月份报表，模板见附件。")
    sentences(d, ["会议号：{n11}，入会密码见日程。", "附件大小{n8}字节，MD5 校验通过。", "报销单号{n16}已退回，请补充发票号码{n8}。", "系统账号由信息科技部统一开通，请勿转借。", "采购订单 PO{n11} 已到货。"], 2)
    d.line("谢谢！")


@quiet("prose-schedule")
def schedule(d: Document) -> None:
    for day in range(1, d.rng.randrange(8, 25)):
        d.line(f"2月{day}日 {d.rng.choice(['G', 'D', 'CA', 'MU'])}{numbers.number(d.rng, 4)} {d.rng.choice(['北京', '上海', '成都', '南京'])}—{d.rng.choice(['武汉', '广州', '杭州', '西安'])} 08:{d.rng.randrange(60):02}-11:{d.rng.randrange(60):02}")


@quiet("prose-recipe-numbers")
def lottery(d: Document) -> None:
    for _ in range(d.rng.randrange(5, 20)):
        d.line(f"第2026{numbers.digits(d.rng, 3)}期 开奖号码 " + " ".join(f"{n:02}" for n in sorted(d.rng.sample(range(1, 34), 6))) + f" 销售额 {numbers.number(d.rng, 9)} 元 奖池 {numbers.number(d.rng, 10)} 元")


@quiet("prose-library", "figures")
def library(d: Document) -> None:
    d.line("馆藏目录")
    sentences(d, ["索书号 TP393/{n8}，登录号{n11}，馆藏于{city}图书馆三层。", "ISBN 9787{n8}0，定价58.00元。", "读者证号以馆内系统为准，借阅{n8}册次。", "{famous}全集，条码{n16}。", "丛书名：金融科技，高等教育教材。"])


@quiet("prose-laboratory", "figures")
def laboratory(d: Document) -> None:
    d.line("检测报告（样品）")
    sentences(d, ["样品编号{n11}，批号{n8}，检测依据 GB/T 2260。", "含量 {sum} mg/kg，方法检出限 0.0012 mg/kg。", "仪器编号{n16}，校准有效期至2026年12月。", "检验：安全指标合格，和平区抽检点送样。", "报告编号{n18}。"])


@quiet("prose-power", "meters")
def power(d: Document) -> None:
    sentences(d, ["本月用电量{n8}千瓦时，表计资产编号{n16}。", "变电站位于{city}{county}，年输送电量{n11}千瓦时。", "户均用电{sum}度。", "设备出厂编号{n18}，于{year}年投运。"])


@quiet("prose-traffic", "meters")
def traffic(d: Document) -> None:
    sentences(d, ["昨日全网客运量{n8}人次，创历史新高。", "高速公路ETC交易{n11}笔。", "{city}地铁3号线延误，早高峰限流。", "航班取消{n8}架次，货邮吞吐量{n11}吨。", "列车编组{n16}，车次调整见公告。"])
