// Pictures made by real software (tests/golden/make-pictures): their codes and their text.
#include <catch2/catch_test_macros.hpp>

#include "agent/extract/image/recognise.hpp"
#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/support/slower.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::extract::test {
namespace {

using namespace std::chrono_literals;
using huxin::test::kSlower;

constexpr std::string_view kId = "11010519491231002X";
constexpr std::string_view kMobile = "13800138000";

const Budget kRecognising{.deadline = 60s, .pictures = {.text = true}};

std::string golden(const std::string& name) {
  auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/pictures/") + name);
  REQUIRE(content.has_value());
  return *content;
}

struct Row {
  std::string file, format;
  std::string_view wanted;
  std::string place;
};

void check(const Row& row, const Extracted& extracted) {
  INFO(row.file << ": " << extracted.outcome.reason << "\n" << extracted.text());
  CHECK(extracted.outcome.format == row.format);
  CHECK(extracted.place_of(row.wanted) == row.place);
}

}  // namespace

TEST_CASE("codes are read of every kind of picture, and a picture whose text is not, says so") {
  const Row rows[] = {
      {"contact.png", "png", kMobile, "contact.png!qr1"},
      {"contact.png", "png", "FN:张三", "contact.png!qr1"},
      {"bars.png", "png", kId, "bars.png!barcode1"},
      {"link.gif", "gif", kId, "link.gif!qr1"},
      {"link.bmp", "bmp", kId, "link.bmp!qr1"},
      {"link.webp", "webp", kId, "link.webp!qr1"},
      {"link.tiff", "tiff", kId, "link.tiff!qr1"},
      {"link.jpg", "jpeg", kId, "link.jpg!qr1"},
      {"progressive.jpg", "jpeg", kMobile, "progressive.jpg!qr1"},
  };
  for (const Row& row : rows) {
    const Extracted extracted = extract_all(golden(row.file), row.file);
    check(row, extracted);
    CHECK(extracted.outcome.coverage == Coverage::kPartial);
    CHECK(extracted.outcome.reason == "unsupported");
  }
}

TEST_CASE("codes are not looked for where nobody wants them") {
  const Budget budget{.pictures = {.codes = false}};
  const Extracted extracted = extract_all(golden("contact.png"), "contact.png", budget);
  CHECK(extracted.text().empty());
  CHECK(extracted.outcome.coverage == Coverage::kNotInspected);
}

TEST_CASE("a code pasted into a letter is read, and the letter is wholly inspected") {
  const Row rows[] = {
      {"pasted.docx", "docx", kMobile, "pasted.docx!word/media/image1.png!qr1"},
      {"pasted.odt", "odf", kMobile,
       "pasted.odt!Pictures/10000001000000B4000000B4C6B62A90CD7420A9.png!qr1"},
  };
  for (const Row& row : rows) {
    const Extracted extracted = extract_all(golden(row.file), row.file);
    check(row, extracted);
    CHECK(extracted.outcome.coverage == Coverage::kInspected);
  }
}

TEST_CASE("the picture of a document's first page is not looked at, a larger one in its place is") {
  Budget budget = kPatient;
  const auto document = [&](const std::string& thumbnail) {
    const std::string odt = huxin::test::zip_of(
        {{"content.xml", "<office:document-content><text:p>信</text:p></office:document-content>"},
         {"Thumbnails/thumbnail.png", thumbnail}});
    return extract_all(odt, "letter.odt", budget);
  };
  CHECK(document(golden("contact.png")).place_of(kMobile).empty());
  CHECK(document(golden("contact.png")).outcome.coverage == Coverage::kInspected);
  // A picture that ends behind its header is broken where somebody looks for its text.
  budget.pictures.text = true;
  const auto headed = [](char width_by_256) {
    return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18) + width_by_256 +
           std::string("\1\0\0\0\x64\x08\0\0\0\0\0\0\0\0", 14);
  };
  CHECK(document(headed('\1')).outcome.reason.empty());
  CHECK(document(headed('\2')).outcome.reason == "corrupt");
}

TEST_CASE("pictures in an archive have its name and theirs before them") {
  const std::string archive =
      huxin::test::zip_of({{"码.png", golden("contact.png")}, {"a.txt", "text"}});
  const Extracted extracted = extract_all(archive, "a.zip");
  CHECK(extracted.place_of(kMobile) == "a.zip!码.png!qr1");
  CHECK(extracted.outcome.reason == "unsupported");
}

TEST_CASE("so many pictures that looking takes a quarter of the time are not all looked at") {
  std::vector<std::pair<std::string, std::string>> members{{"0.txt", "手机 13900139000"}};
  for (int i = 0; i < 200; ++i) members.emplace_back(fmt::format("{}.jpg", i), golden("card.jpg"));
  const Extracted extracted =
      extract_all(huxin::test::zip_of(members), "a.zip", {.deadline = kSlower * 1s});
  CHECK(extracted.outcome.reason == "too_many_pictures");
  CHECK(extracted.text().contains("13900139000"));
}

TEST_CASE("text in pictures is recognised where the budget asks for it, and its place is right") {
  if (!missing_for_recognition().empty())
    SKIP("not installed: " << missing_for_recognition().front());
  const Row rows[] = {
      {"card.jpg", "jpeg", "11010519491231002", "card.jpg!L6"},  // lit, turned, with noise
      {"form.tiff", "tiff", "13900139000", "form.tiff!p1"},
      {"form.tiff", "tiff", "6205500000000000004", "form.tiff!p2"},
      {"scan.pdf", "pdf", "440524188001010014", "scan.pdf!p1"},
      {"scan.pdf", "pdf", "6205500000000000004", "scan.pdf!p2"},
      {"notice.png", "png", "营业时间", "notice.png!L1"},
  };
  std::string last;
  Extracted extracted;
  for (const Row& row : rows) {
    if (row.file != last) extracted = extract_all(golden(row.file), row.file, kRecognising);
    last = row.file;
    check(row, extracted);
    CHECK(extracted.outcome.coverage == Coverage::kInspected);
  }
}

TEST_CASE("what is beyond the limits of pictures has its reason") {
  const auto reason = [](const std::string& file, const PictureBudget& pictures) {
    return extract_all(golden(file), file, {.deadline = 60s, .pictures = pictures}).outcome.reason;
  };
  CHECK(reason("card.jpg", {.text = true, .max_pixels = 1000}) == "too_large");
  CHECK(reason("card.jpg", {.text = true, .max_pages = 0}) == "too_many_pictures");
  CHECK(reason("scan.pdf", {.text = true, .max_pages = 0}) == "too_many_pictures");
  CHECK(reason("scan.pdf", {}) == "no_text");
  if (missing_for_recognition().empty())
    CHECK(reason("card.jpg", {.text = true, .page_deadline = 10ms}) == "timeout");
}

}  // namespace huxin::extract::test
