#include "policy/detect/recognise/value_reader.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "policy/catalog/catalog.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/value_form.hpp"

namespace huxin::detect {
namespace {

using catalog::Characters;
using catalog::ValueForm;

constexpr Date kToday{std::chrono::year{2026}, std::chrono::March, std::chrono::day{1}};

/// A value of that many characters behind one of the form's prefixes; mostly of the form.
std::string value_of_form(const ValueForm& form, std::size_t size, std::mt19937& random) {
  const auto any_of = [&](std::string_view bytes) { return bytes[random() % bytes.size()]; };
  std::string value;
  if (!form.prefixes.empty()) value = form.prefixes[random() % form.prefixes.size()];
  const std::string_view bytes = form.characters == Characters::kDigits ? "0123456789"
                                 : form.characters == Characters::kHex  ? "0123456789ABCDEF"
                                 : form.characters == Characters::kWord
                                     ? "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_-"
                                     : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  while (value.size() < size) value += any_of(bytes);
  return value;
}

template <class Take>
void for_each_form(const Take& take) {
  const auto catalog = catalog::Catalog::builtin();
  for (const catalog::Element& element : catalog->elements()) {
    for (const ValueForm& form : element.value.forms) {
      if (form.characters < Characters::kIpAddress) take(element, form);
    }
  }
}

}  // namespace

TEST_CASE("no value is ruled out by its size or its first byte that has a form of its kind") {
  std::mt19937 random(20261130);
  std::size_t tried = 0;
  for_each_form([&](const catalog::Element& element, const ValueForm& form) {
    const ValueForms forms(element.value);
    for (int round = 0; round < 200; ++round) {
      const std::size_t size = form.least + random() % (form.most - form.least + 1U);
      const std::string value = value_of_form(form, size, random);
      if (!has_form(form, value)) continue;
      std::string lower = value;
      std::ranges::transform(lower, lower.begin(), ascii_lower);
      CAPTURE(element.name, value);
      CHECK(!ValueReader(value, 0, value.size(), true, kToday).rules_out(forms));
      CHECK(!ValueReader(lower, 0, lower.size(), true, kToday).rules_out(forms));
      ++tried;
    }
  });
  CHECK(tried > 4000);
}

TEST_CASE("a value that has a form without a check is read whole, and read again the same") {
  std::mt19937 random(20261201);
  std::size_t tried = 0;
  for_each_form([&](const catalog::Element& element, const ValueForm& form) {
    const ValueForms forms(element.value);
    for (int round = 0; round < 50 && !form.check; ++round) {
      const std::string value = value_of_form(form, form.most, random);
      if (!has_form(form, value)) continue;
      ValueReader reader(value, 0, value.size(), true, kToday);
      CAPTURE(element.name, value);
      for (int again = 0; again < 2; ++again) {
        const auto match = reader.read(forms);
        REQUIRE(match);
        CHECK(match->span == Span{0, value.size()});
      }
      ++tried;
    }
  });
  CHECK(tried > 500);
}

}  // namespace huxin::detect
