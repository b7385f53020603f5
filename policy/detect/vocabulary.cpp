#include "policy/detect/vocabulary.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

// Numbers under these names are no customer's, however well they check.
constexpr auto kNegative = std::to_array<std::string_view>({"订单号",
                                                            "订单编号",
                                                            "订单",
                                                            "单号",
                                                            "流水号",
                                                            "流水",
                                                            "时间戳",
                                                            "运单号",
                                                            "快递单号",
                                                            "物流单号",
                                                            "发票号",
                                                            "发票号码",
                                                            "发票代码",
                                                            "凭证号",
                                                            "批次号",
                                                            "序列号",
                                                            "序号",
                                                            "条码",
                                                            "条形码",
                                                            "商品编码",
                                                            "合同号",
                                                            "合同编号",
                                                            "工单",
                                                            "工单号",
                                                            "票号",
                                                            "参考号",
                                                            "检索号",
                                                            "追踪号",
                                                            "跟踪号",
                                                            "版本号",
                                                            "交易号",
                                                            "业务编号",
                                                            "请求号",
                                                            "商户号",
                                                            "商户订单",
                                                            "设备号",
                                                            "终端号",
                                                            "回单编号",
                                                            "哈希",
                                                            "order",
                                                            "order no",
                                                            "order id",
                                                            "order number",
                                                            "invoice",
                                                            "invoice no",
                                                            "uuid",
                                                            "guid",
                                                            "serial",
                                                            "serial no",
                                                            "serial number",
                                                            "timestamp",
                                                            "trace",
                                                            "trace id",
                                                            "traceid",
                                                            "span id",
                                                            "request id",
                                                            "requestid",
                                                            "req id",
                                                            "transaction id",
                                                            "trans id",
                                                            "trxid",
                                                            "txn",
                                                            "txn id",
                                                            "session",
                                                            "session id",
                                                            "batch",
                                                            "batch no",
                                                            "checksum",
                                                            "hash",
                                                            "md5",
                                                            "sha1",
                                                            "sha256",
                                                            "sku",
                                                            "barcode",
                                                            "isbn",
                                                            "ean",
                                                            "upc",
                                                            "tracking no",
                                                            "tracking number",
                                                            "waybill",
                                                            "reference no",
                                                            "ref no",
                                                            "seq",
                                                            "sequence",
                                                            "nonce",
                                                            "build",
                                                            "version",
                                                            "bytes",
                                                            "offset",
                                                            "epoch",
                                                            "snowflake",
                                                            "message id",
                                                            "msgid",
                                                            "pid"});

constexpr auto kRegions = std::to_array<std::string_view>(
    {"北京市", "天津市",   "上海市", "重庆市", "河北省", "山西省", "辽宁省",
     "吉林省", "黑龙江省", "江苏省", "浙江省", "安徽省", "福建省", "江西省",
     "山东省", "河南省",   "湖北省", "湖南省", "广东省", "海南省", "四川省",
     "贵州省", "云南省",   "陕西省", "甘肃省", "青海省", "台湾省", "自治区"});

// Keywords of these kinds lead nowhere: the form says it all.
bool needs_no_keyword(Kind kind) { return kind == Kind::kPrivateKey; }

Pattern pattern_of(const Keyword& keyword, std::size_t id) {
  return {static_cast<std::uint32_t>(id), literal_expression(keyword.text), true, keyword.text};
}

}  // namespace

Vocabulary::Vocabulary(const catalog::Catalog& catalog, const KindSet& kinds) {
  for (std::size_t i = 0; i < kKinds; ++i) {
    const Kind kind = static_cast<Kind>(i);
    const catalog::Element* element = kinds.has(kind) ? catalog.find(element_of(kind)) : nullptr;
    if (element == nullptr || needs_no_keyword(kind)) continue;
    for (const std::string& text : element->keywords) add_variants(text, kind);
    add_headings(element->headings, kind);
  }
  for (const auto text : kNegative) {
    Keyword& keyword = word(text);
    keyword.negative = keyword.means.empty();
  }
  if (kinds.has(Kind::kAddress)) {
    for (const auto text : kRegions) word(text).region = true;
  }
}

// "card no" is also written card_no, card-no and cardNo.
void Vocabulary::add_variants(std::string_view text, Kind kind) {
  word(text).means.add(kind);
  if (!text.contains(' ')) return;
  for (const std::string_view joint : {"_", "-", ""}) {
    std::string variant;
    for (const char c : text) {
      if (c == ' ') {
        variant += joint;
      } else {
        variant += c;
      }
    }
    word(variant).means.add(kind);
  }
}

void Vocabulary::add_headings(const catalog::Headings& headings, Kind kind) {
  std::int8_t number = 0;
  for (const auto& ways : headings.words) {
    for (const std::string& text : ways) word(text).headings.push_back({kind, number});
    ++number;
  }
  for (const std::string& text : headings.titles) word(text).headings.push_back({kind, -1});
}

Keyword& Vocabulary::word(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), ascii_lower);
  const auto found = std::ranges::find(keywords_, lower, &Keyword::text);
  if (found != keywords_.end()) return *found;
  return keywords_.emplace_back(Keyword{.text = std::move(lower)});
}

std::vector<Pattern> Vocabulary::anchors() const {
  std::vector<Pattern> patterns{
      {kPemAnchor, literal_expression(kPemBegin), false, std::string(kPemBegin)}};
  for (std::size_t i = 0; i < keywords_.size(); ++i) {
    if (keywords_[i].bare()) patterns.push_back(pattern_of(keywords_[i], kFirstKeyword + i));
  }
  return patterns;
}

std::vector<Pattern> Vocabulary::words() const {
  std::vector<Pattern> patterns;
  for (std::size_t i = 0; i < keywords_.size(); ++i)
    patterns.push_back(pattern_of(keywords_[i], i));
  return patterns;
}

}  // namespace huxin::detect
