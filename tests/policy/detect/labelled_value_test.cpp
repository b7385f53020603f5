#include "policy/detect/recognise/labelled_value.hpp"

#include <string>

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect {
namespace {

constexpr Date kToday{std::chrono::year{2026}, std::chrono::March, std::chrono::day{1}};

TEST_CASE("what a kind finds behind a label does not depend on the kinds that were asked before") {
  const catalog::LabelledValue far{
      .reach = 24, .forms = {{.characters = catalog::Characters::kDigits, .least = 8, .most = 8}}};
  const catalog::LabelledValue near{
      .reach = 12, .forms = {{.characters = catalog::Characters::kWord, .least = 4, .most = 32}}};
  const ValueForms digits(far);
  const ValueForms word(near);
  const std::string label = "证号";
  // The near kind's reach cuts a form's line behind its first underscore, the value, or nothing.
  for (std::size_t spaces = 0; spaces < 30; ++spaces) {
    for (const std::string& value : {"____12345678", "12345678", "__ab12", "ab_12345"}) {
      const std::string text = label + std::string(spaces, ' ') + value;
      const Span labelled{0, label.size()};
      const auto spans = [&](const ValueForms& first, const ValueForms& second) {
        LabelledText behind(text, labelled, text.size(), kToday);
        const auto one = behind.read(first);
        const auto other = behind.read(second);
        return std::pair{one ? one->span : Span{}, other ? other->span : Span{}};
      };
      const auto [digits_first, word_second] = spans(digits, word);
      const auto [word_first, digits_second] = spans(word, digits);
      CAPTURE(text);
      CHECK(digits_first == digits_second);
      CHECK(word_first == word_second);
    }
  }
}

}  // namespace
}  // namespace huxin::detect
