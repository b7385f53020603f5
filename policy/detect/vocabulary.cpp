#include "policy/detect/vocabulary.hpp"

#include <algorithm>
#include <array>

#include "policy/catalog/labels.hpp"
#include "policy/catalog/name_leaders.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/label_tail.hpp"

namespace huxin::detect {
namespace {

constexpr auto kRegions = std::to_array<std::string_view>(
    {"北京市", "天津市",   "上海市", "重庆市", "河北省", "山西省", "辽宁省",
     "吉林省", "黑龙江省", "江苏省", "浙江省", "安徽省", "福建省", "江西省",
     "山东省", "河南省",   "湖北省", "湖南省", "广东省", "海南省", "四川省",
     "贵州省", "云南省",   "陕西省", "甘肃省", "青海省", "台湾省", "自治区"});

// "MAC地址" is also written "MAC 地址"; one character behind a space is no word, and what a label's
// tail may be is found apart from it as it is.
std::string spaced(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool verge = i > 0 && ((is_ascii_alnum(text[i - 1]) && is_high(text[i])) ||
                                 (is_high(text[i - 1]) && is_ascii_alnum(text[i])));
    const std::string_view rest = text.substr(i);
    const bool word = !is_high(rest[0]) || (rest.size() > kHanBytes && is_high(rest[kHanBytes]));
    if (verge && word && !is_number_word(rest)) result += ' ';
    result += text[i];
  }
  return result;
}

// "card no" is also written card_no, card-no and cardNo.
template <class Take>
void for_variants(std::string_view text, const Take& take) {
  take(text);
  if (const std::string apart = spaced(text); apart != text) take(apart);
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
    take(variant);
  }
}

constexpr std::size_t kManyKinds = 8;  // of identity documents: what any of them is called

Pattern pattern_of(const Keyword& keyword, std::size_t id) {
  return {static_cast<std::uint32_t>(id), literal_expression(keyword.text), true, keyword.text};
}

}  // namespace

template <class Take>
void Vocabulary::for_written(std::string_view text, const Take& take) {
  for_variants(text, [&](std::string_view form) { take(word(form)); });
  for (const std::string& other : catalog::traditional(text)) {
    const bool known = index_.contains(other);
    Keyword& keyword = word(other);
    keyword.traditional = keyword.traditional || !known;
    take(keyword);
  }
}

Vocabulary::Vocabulary(const catalog::Catalog& catalog, const KindSet& kinds) {
  kinds.for_each([&](Kind kind) {
    const catalog::Element* element = catalog.find(element_of(kind));
    if (element == nullptr) return;
    for (const std::string& text : element->keywords)
      for_written(text, [&](Keyword& keyword) { keyword.means.add(kind); });
    for (const std::string& text : element->beside) {
      for_written(text, [&](Keyword& keyword) {
        keyword.means.add(kind);
        keyword.beside.add(kind);
      });
    }
    for (const std::string& text : element->columns)
      for_written(text, [&](Keyword& keyword) { keyword.heads.add(kind); });
    add_headings(element->headings, kind);
  });
  if (kinds.has(Kind::kName)) {
    for (const catalog::NameLeader& leader : catalog::name_leaders()) {
      if (leader.what == "label")
        for_written(leader.word, [](Keyword& keyword) { keyword.mark_name(); });
    }
  }
  for (const auto text : catalog::foreign_labels())
    for_written(text, [&](Keyword& keyword) { keyword.negative = true; });
  if (kinds.has(Kind::kAddress)) {
    for (const auto text : kRegions) word(text).region = true;
  }
  for (Keyword& keyword : keywords_) keyword.general = keyword.means.size() >= kManyKinds;
}

void Vocabulary::add_headings(const catalog::Headings& headings, Kind kind) {
  const bool row = headings.form == catalog::HeadingForm::kRow;
  const auto add = [&](const std::string& text, std::int8_t number) {
    for_written(text, [&](Keyword& keyword) { keyword.headings.push_back({kind, number, row}); });
  };
  std::int8_t number = 0;
  for (const auto& ways : headings.words) {
    for (const std::string& text : ways) add(text, number);
    ++number;
  }
  for (const std::string& text : headings.titles) add(text, -1);
}

Keyword& Vocabulary::word(std::string_view text) {
  std::string lower = ascii_lowered(text);
  const auto [entry, added] = index_.try_emplace(lower, keywords_.size());
  return added ? keywords_.emplace_back(Keyword{.text = std::move(lower)})
               : keywords_[entry->second];
}

std::vector<Pattern> Vocabulary::anchors() const {
  std::vector<Pattern> patterns{
      {kPemAnchor, literal_expression(kPemBegin), false, std::string(kPemBegin)},
      {kYouAnchor, literal_expression(kYou), false, std::string(kYou)}};
  const auto ends_in_shorter = [&](const Keyword& keyword) {
    return std::ranges::any_of(keywords_, [&](const Keyword& other) {
      return other.bare() && !other.region && other.text.size() < keyword.text.size() &&
             keyword.text.ends_with(other.text);
    });
  };
  for (std::size_t i = 0; i < keywords_.size(); ++i) {
    const Keyword& keyword = keywords_[i];
    if (keyword.bare() && (keyword.region || !ends_in_shorter(keyword)))
      patterns.push_back(pattern_of(keyword, kFirstKeyword + i));
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
