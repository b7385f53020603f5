#include "policy/detect/label_index.hpp"

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

KindSet all_kinds() {
  KindSet kinds;
  for (std::size_t i = 0; i < kKinds; ++i) kinds.add(static_cast<Kind>(i));
  return kinds;
}

const Vocabulary& vocabulary() {
  static const Vocabulary all(*catalog::Catalog::builtin(), all_kinds());
  return all;
}

// In lower case, and without the spaces that may stand between a label's characters.
std::string solid(std::string_view text) {
  std::string written;
  for (std::size_t at = 0; at < text.size();) {
    const bool wide = text.substr(at).starts_with("\u3000");
    if (!wide && text[at] != ' ') written += ascii_lower(text[at]);
    at += wide ? std::string_view("\u3000").size() : 1;
  }
  return written;
}

// The label before the last byte of a text; empty when there is none.
std::string label(const std::string& text, std::size_t from_end = 1) {
  static const LabelIndex index(vocabulary());
  const auto hit = index.before(text, text.size() - from_end);
  if (!hit) return {};
  const std::string found = text.substr(hit->span.begin, hit->span.size());
  CHECK(solid(found) == solid(vocabulary()[hit->keyword].text));
  return found;
}

TEST_CASE("every keyword that speaks for something is found before its mark") {
  for (std::size_t i = 0; i < vocabulary().size(); ++i) {
    const std::string& word = vocabulary()[i].text;
    if (vocabulary()[i].means.empty()) continue;
    CHECK(label(word + ":") == word);
    CHECK(label("\n" + word + " :") == word);
    CHECK(label("{\"" + word + "\":") == word);
  }
}

TEST_CASE("a label whose characters spaces part is one") {
  CHECK(label("账　　号:") == "账　　号");
  CHECK(label("经 办 人:") == "经 办 人");
  CHECK(label("今 天 气:").empty());
}

TEST_CASE("the longest label counts, in either case, and only where it stands alone") {
  CHECK(label("客户姓名:") == "客户姓名");
  CHECK(label("请填写客户姓名：", 3) == "客户姓名");
  CHECK(label("CARD_NO=") == "CARD_NO");
  CHECK(label("userPhone:") == "Phone");
  CHECK(label("xphone:").empty());
  CHECK(label("the weather:").empty());
  CHECK(label(":").empty());
  CHECK(label("姓名。:").empty());
}

TEST_CASE("looking back ends at the start of the text and at the longest keyword's length") {
  CHECK(label("名:").empty());
  CHECK(label(std::string(100'000, 'a') + ":").empty());
  CHECK(label("\xE5\x90\x8D:").empty());
}

}  // namespace
}  // namespace huxin::detect
