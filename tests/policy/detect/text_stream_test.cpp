#include "policy/detect/text_stream.hpp"

#include <random>

#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kSmallWindow = 700;  // so that some hundred bytes are several windows

std::string all_of(const Inspection& inspection) {
  std::string text =
      fmt::format("{} customers, {} findings\n", inspection.customers, inspection.findings_total);
  for (const Finding& finding : inspection.findings) {
    text += fmt::format("{} {}-{} {} {} #{} {:.4f}\n", to_string(finding.element),
                        finding.span.begin, finding.span.end, finding.where, finding.value,
                        finding.customer, finding.confidence);
  }
  return text;
}

/// Block mode: the windows of a whole text, as a file is read.
std::string in_one(ByteView bytes, std::size_t size) {
  const auto context = test::detector().context();
  InspectionBuilder builder(test::detector(), *context, test::today());
  text::WindowReader reader(text::guess_encoding(bytes), size);
  while (auto window = reader.last(bytes.subspan(reader.begin()))) {
    text::Document document;
    document.where = "upload";
    document.text = std::move(window->decoded.text);
    document.origin = std::move(window->decoded.origin);
    document.first_line = window->line;
    REQUIRE(builder.add(document));
  }
  return all_of(builder.finish());
}

template <class Next>
std::string in_pieces(ByteView bytes, std::size_t size, const Next& next) {
  const auto context = test::detector().context();
  TextStream stream(test::detector(), *context, test::today(), "upload", {}, size);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t piece = std::min(bytes.size() - at, next());
    REQUIRE(stream.add(bytes.subspan(at, piece)));
    at += piece;
  }
  const auto inspection = stream.finish();
  REQUIRE(inspection);
  return all_of(*inspection);
}

std::string some_text(std::mt19937& random, std::size_t size) {
  static constexpr std::string_view kParts[] = {
      "客户姓名：张三，身份证号11010519491231002X，手机13800138000。\n",
      "card no: 6222 0212 3456 7890, exp 12/29\n",
      "6200000000000005 ",
      "１３８００１３８０００",
      "a.b@example.com;",
      "北京市海淀区中关村大街27号 ",
      "order=20240315123456789012 trace=4111111111111112\n",
      "密码: Abc@12345\n",
      "plain words without anything in them, line after line\n",
      "\n\n",
      "\xFF\xFE broken \xE4\xBD",
      "姓名,身份证号,手机号\n李娜,440524188001010014,13912345678\n",
      "138\u200B0013\u200B8000 "};
  std::string text;
  while (text.size() < size) text += kParts[random() % std::size(kParts)];
  return text;
}

TEST_CASE("a text in pieces gives what the whole gives, wherever it is cut") {
  std::mt19937 random(20261128);
  for (int round = 0; round < 60; ++round) {
    const std::string text = some_text(random, 200 + random() % 6000);
    const std::string whole = in_one(as_bytes(text), kSmallWindow);
    CAPTURE(text);
    REQUIRE(in_pieces(as_bytes(text), kSmallWindow, [] { return std::size_t{1}; }) == whole);
    for (int splits = 0; splits < 5; ++splits) {
      REQUIRE(in_pieces(as_bytes(text), kSmallWindow,
                        [&] { return 1 + random() % (1U << (random() % 12)); }) == whole);
    }
  }
}

TEST_CASE("a text in two pieces gives what the whole gives for every place of the cut") {
  std::mt19937 random(5);
  const std::string text = some_text(random, 900);
  const std::string whole = in_one(as_bytes(text), kSmallWindow);
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    std::size_t next = cut;
    REQUIRE(in_pieces(as_bytes(text), kSmallWindow,
                      [&] { return std::exchange(next, text.size()); }) == whole);
  }
}

TEST_CASE("a stream of more than one real window gives what the whole gives") {
  std::mt19937 random(9);
  const std::string text = some_text(random, std::size_t{5} << 20U);
  REQUIRE(in_pieces(as_bytes(text), text::kWindow, [&] { return 1 + random() % 100'000; }) ==
          in_one(as_bytes(text), text::kWindow));
}

TEST_CASE("other encodings are guessed from the stream as from the whole") {
  std::mt19937 random(11);
  std::string wide;
  for (const char c : std::string("name: Li Na, card 6200000000000005, tel 13800138000\n")) {
    wide += c;
    wide += '\0';
  }
  std::string text = "\xFF\xFE";
  while (text.size() < 200'000) text += wide;
  REQUIRE(in_pieces(as_bytes(text), kSmallWindow, [&] { return 1 + random() % 9'000; }) ==
          in_one(as_bytes(text), kSmallWindow));
}

TEST_CASE("an empty stream holds nothing") {
  CHECK(in_pieces({}, kSmallWindow, [] { return std::size_t{1}; }) == "0 customers, 0 findings\n");
}

}  // namespace
}  // namespace huxin::detect
