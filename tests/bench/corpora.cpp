#include "tests/bench/corpora.hpp"

#include <random>

#include <fmt/format.h>

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::bench {
namespace {

class Writer {
 public:
  explicit Writer(std::size_t size) : size_(size) { text_.reserve(size + 1024); }
  bool more() const { return text_.size() < size_; }
  Writer& add(std::string_view part) {
    text_ += part;
    return *this;
  }
  Writer& digits(std::size_t count) {
    for (; count > 0; --count) text_ += static_cast<char>('0' + below(10));
    return *this;
  }
  Writer& hex(std::size_t count) {
    for (; count > 0; --count) text_ += "0123456789abcdef"[below(16)];
    return *this;
  }
  template <std::size_t N>
  Writer& any(const std::string_view (&words)[N]) {
    text_ += words[below(N)];
    return *this;
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string take() { return std::move(text_); }

 private:
  std::size_t size_;
  std::string text_;
  std::mt19937 random_{20260301};
};

// The commonest words, and those of business now and then: about as often as reports have them.
std::string english(std::size_t size) {
  static constexpr std::string_view kCommon[] = {
      "the ",      "of ",       "and ",       "to ",       "a ",       "in ",       "that ",
      "it ",       "is ",       "was ",       "for ",      "on ",      "with ",     "he ",
      "be ",       "by ",       "at ",        "from ",     "they ",    "have ",     "which ",
      "one ",      "were ",     "all ",       "there ",    "when ",    "market ",   "people ",
      "house ",    "river ",    "morning, ",  "evening. ", "because ", "between ",  "government ",
      "industry ", "question ", "different ", "children ", "through ", "however, ", "several ",
      "thought ",  "nothing ",  "remember ",  "country ",  "window ",  "water\n"};
  static constexpr std::string_view kBusiness[] = {
      "customer ", "order ",  "number ", "bank ",    "account ",     "in 1998 ", "phone ",
      "mail ",     "report ", "name ",   "address ", "about 1,250 ", "card "};
  Writer writer(size);
  while (writer.more()) {
    if (writer.below(12) == 0) {
      writer.any(kBusiness);
    } else {
      writer.any(kCommon);
    }
  }
  return writer.take();
}

std::string chinese(std::size_t size) {
  static constexpr std::string_view kCommon[] = {
      "的",   "是",   "在",   "了",   "和",   "有",   "我们", "一个", "这",   "上",
      "经济", "发展", "市场", "社会", "管理", "技术", "研究", "工作", "城市", "提高",
      "国家", "人民", "文化", "历史", "问题", "方面", "进行", "通过", "没有", "可以",
      "自己", "生活", "学校", "学生", "世界", "环境", "，",   "，",   "，",   "。",
      "、",   "；",   "“",    "”",    "对于", "由于", "其中", "以及", "重要", "不同",
      "能够", "需要", "认为", "作为", "企业", "生产", "产品", "质量", "服务", "。\n"};
  static constexpr std::string_view kBusiness[] = {"客户", "银行",     "信用",    "报告",
                                                   "电话", "2024年",   "12月3日", "第三区",
                                                   "账户", "百分之35", "号召",    "电子邮件"};
  Writer writer(size);
  while (writer.more()) {
    if (writer.below(16) == 0) {
      writer.any(kBusiness);
    } else {
      writer.any(kCommon);
    }
  }
  return writer.take();
}

std::string source_code(std::size_t size) {
  static constexpr std::string_view kNames[] = {
      "buffer", "index", "length", "node",   "state",  "count",
      "value",  "name",  "key",    "offset", "result", "config",
      "order",  "user",  "status", "begin",  "cursor", "password_field"};
  static constexpr std::string_view kTypes[] = {"std::size_t",      "int",  "const char*",  "auto",
                                                "std::string_view", "bool", "std::uint64_t"};
  Writer writer(size);
  while (writer.more()) {
    writer.add("  ").any(kTypes).add(" ").any(kNames).add("_").any(kNames).add(" = ").any(kNames);
    writer.add("[").digits(1).add("] + 0x").hex(8).add(";  // see RFC 7").digits(3).add("\n");
    writer.add("  if (").any(kNames).add(" == nullptr || ").any(kNames).add(".size() > ").digits(4);
    writer.add(") return fail(\"")
        .any(kNames)
        .add(": %s\", ")
        .any(kNames)
        .add("->")
        .any(kNames)
        .add(");\n");
    writer.add("  case ")
        .digits(3)
        .add(": self.")
        .any(kNames)
        .add(" = {")
        .digits(2)
        .add(", ")
        .digits(2);
    writer.add("};  break;\n}\n\nvoid ").any(kNames).add("::").any(kNames).add("() {\n");
  }
  return writer.take();
}

std::string service_log(std::size_t size) {
  static constexpr std::string_view kEvents[] = {"request finished",    "cache refreshed",
                                                 "connection accepted", "retrying upstream",
                                                 "job scheduled",       "session closed"};
  Writer writer(size);
  while (writer.more()) {
    writer.add("2026-03-1").digits(1).add("T12:").digits(2).add(":").digits(2).add(".").digits(3);
    writer.add("+08:00 INFO  [worker-").digits(1).add("] c.b.gateway.Handler - ").any(kEvents);
    writer.add(" id=").hex(8).add("-").hex(4).add("-4").hex(3).add("-a").hex(3).add("-").hex(12);
    writer.add(" host=10.").digits(1).add(".").digits(1).add(".").digits(1).add(" took=").digits(2);
    writer.add("ms size=").digits(5).add("\n");
  }
  return writer.take();
}

std::string order_log(std::size_t size) {
  Writer writer(size);
  while (writer.more()) {
    writer.add("2024-03-1").digits(1).add(" 12:30:4").digits(1).add(".").digits(3);
    writer.add(" INFO [pay-7] order=2024031").digits(11).add(" amount=").digits(3);
    writer.add(".00 trace=").digits(16).add(" status=OK latency=").digits(2).add("ms\n");
  }
  return writer.take();
}

std::string resident(Writer& writer) {
  std::string id = fmt::format("110105{}0{}1{}{:03}", 1950 + writer.below(50), 1 + writer.below(9),
                               writer.below(9), writer.below(1000));
  for (const char c : std::string_view("0123456789X")) {
    if (detect::passes_mod_11_2(id + c)) return id + c;
  }
  return id + "0";
}

std::string card(Writer& writer) {
  std::string digits =
      fmt::format("622202{:06}{:06}", writer.below(1'000'000), writer.below(1'000'000));
  for (char check = '0'; check <= '9'; ++check) {
    if (detect::passes_luhn(digits + check)) return digits + check;
  }
  return digits;
}

std::string customer_list(std::size_t size) {
  static constexpr std::string_view kNames[] = {"张伟",   "李娜", "王芳",  "欧阳静",
                                                "陈建国", "刘洋", "周晓梅"};
  Writer writer(size);
  writer.add("姓名,身份证号,手机号,卡号,地址,邮箱\n");
  while (writer.more()) {
    writer.any(kNames)
        .add(",")
        .add(resident(writer))
        .add(",138")
        .digits(8)
        .add(",")
        .add(card(writer));
    writer.add(",北京市海淀区中关村大街").digits(2).add("号,user").digits(5).add("@example.com\n");
  }
  return writer.take();
}

}  // namespace

std::string repeated(std::string_view part, std::size_t size) {
  std::string text;
  text.reserve(size + part.size());
  while (text.size() < size) text += part;
  return text;
}

std::vector<Corpus> corpora(std::size_t size, std::string_view part) {
  struct Maker {
    std::string_view name;
    std::string (*make)(std::size_t);
  };
  static constexpr Maker kMakers[] = {
      {"English prose", english},   {"Chinese prose", chinese}, {"source code", source_code},
      {"service log", service_log}, {"order log", order_log},   {"customer list", customer_list}};
  std::vector<Corpus> made;
  for (const Maker& maker : kMakers) {
    if (maker.name.contains(part)) made.push_back({maker.name, maker.make(size)});
  }
  return made;
}

std::vector<Corpus> hostile(std::size_t size, std::string_view part) {
  struct Row {
    std::string_view name;
    std::string repeated;
    std::string begin = {};
  };
  const Row rows[] = {{"one digit", "1"},
                      {"digits and dashes", "1-"},
                      {"eleven digits", "13800138000 "},
                      {"sixteen digits", "4111111111111111,"},
                      {"full-width digits", "１"},
                      {"zero-width marks", "1\u200B"},
                      {"NUL bytes", std::string(1, '\0')},
                      {"at signs", "a@"},
                      {"equals signs", "name="},
                      {"labels", "姓名："},
                      {"labels without marks", "客户张"},
                      {"labels and a digit", "余额 1 "},
                      {"headers of statements", "交易日期 摘要 借方 贷方 余额 "},
                      {"long lines of a table", "姓名  手机  余额\n张伟  13800138000  12\n" +
                                                    repeated("13800138000,", 20'000) + "\n"},
                      {"names in prose", "客户：张伟，客户：李秀英，他们今天没有来网点办理业务。"},
                      {"places", "北京市朝阳区"},
                      {"house numbers", "1号"},
                      {"rows of an unknown table", "INSERT INTO t VALUES (1);\n"},
                      {"rows of a long table", "INSERT INTO t VALUES (1);\n",
                       "CREATE TABLE t (" + repeated("姓名 int,", 8000) + "x int);\n"},
                      {"mobiles beside Han", "张13800138000 "},
                      {"bills", "票号 12345678\n"},
                      {"bills among capitals", "票号 12345678 " + std::string(380, 'A') + "\n"},
                      {"accounts", "账号：123456789012\n"},
                      {"questions", "姓名？\n"},
                      {"kinds in fields", "证件类型：台胞证 号码："},
                      {"values that go on", "QQ 12345678 | 87654321 | "},
                      {"keys that do not end", "-----BEGIN PRIVATE KEY-----\n"},
                      {"letters", "a"},
                      {"Han", "号"},
                      {"lines", "\n"}};
  std::vector<Corpus> made;
  for (const Row& row : rows) {
    if (row.name.contains(part))
      made.push_back({row.name, row.begin + repeated(row.repeated, size)});
  }
  if (constexpr std::string_view kNoise = "random bytes"; kNoise.contains(part)) {
    std::mt19937 random(7);
    std::string noise(size, '\0');
    for (char& byte : noise) byte = static_cast<char>(random());
    made.push_back({kNoise, std::move(noise)});
  }
  return made;
}

}  // namespace huxin::bench
