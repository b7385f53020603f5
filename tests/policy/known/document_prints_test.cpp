#include "policy/known/document_prints.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>

#include "policy/known/print_matcher.hpp"
#include "policy/known/prints_builder.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::known {
namespace {

const Bytes kBankKey(32, 11);

/// Chinese text of that many characters in paragraphs of a hundred, another for each seed.
std::vector<std::string> paragraphs(std::size_t characters, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < characters; ++i) {
    if (i % 100 == 0) all.emplace_back();
    text::append_utf8(all.back(), static_cast<char32_t>(0x4E00 + random() % 3000));
    if (i % 15 == 14) all.back() += "，";
  }
  return all;
}

std::string joined(const std::vector<std::string>& parts, std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = first; i < first + count; ++i) text += parts[i] + "\n";
  return text;
}
std::string joined(const std::vector<std::string>& parts) { return joined(parts, 0, parts.size()); }

/// A file of prints and a matcher that has it.
struct Library {
  explicit Library(PrintsBuilder& builder, std::size_t most_shared = 0)
      : file(builder.build(report, most_shared).value()),
        prints(std::make_shared<const DocumentPrints>(DocumentPrints::open(file).value())),
        matcher(prints, derive_key(kBankKey, kPrintsPurpose, prints->salt())) {}

  double share_of(std::string_view name, std::string_view text) {
    matcher.add(text, "memo.txt");
    for (const DocumentMatch& match : matcher.finish()) {
      if (match.name == name) return match.share;
    }
    return 0;
  }

  PrintsReport report;
  Bytes file;
  std::shared_ptr<const DocumentPrints> prints;
  PrintMatcher matcher;
};

PrintsBuilder builder_of(std::size_t documents, std::size_t characters = 4000) {
  PrintsBuilder builder(kBankKey, Bytes(DocumentPrints::kSaltSize, 1));
  for (std::size_t i = 0; i < documents; ++i) {
    REQUIRE(builder.add(fmt::format("secret/{}.docx", i), joined(paragraphs(characters, i))));
  }
  return builder;
}

const std::string kOther = joined(paragraphs(3000, 999));

}  // namespace

TEST_CASE("thirty percent of a document are recognised wherever they are pasted") {
  PrintsBuilder builder = builder_of(5);
  Library library(builder);
  const auto document = paragraphs(4000, 3);
  for (std::size_t first = 0; first + 12 <= document.size(); ++first) {
    const std::string pasted = kOther + joined(document, first, 12) + kOther;
    const double share = library.share_of("secret/3.docx", pasted);
    CAPTURE(first, share);
    CHECK(share >= 0.3);
    CHECK(share < 0.35);
  }
}

TEST_CASE("five percent of a document are nobody's business") {
  PrintsBuilder builder = builder_of(5);
  Library library(builder);
  const auto document = paragraphs(4000, 2);
  for (std::size_t first = 0; first + 2 <= document.size(); ++first)
    CHECK(library.share_of("secret/2.docx", kOther + joined(document, first, 2) + kOther) == 0);
}

TEST_CASE("a whole document is found whole, and its paragraphs in any order") {
  PrintsBuilder builder = builder_of(3);
  Library library(builder);
  auto document = paragraphs(4000, 1);
  CHECK(library.share_of("secret/1.docx", joined(document)) == 1);
  std::ranges::shuffle(document, std::mt19937_64(5));
  const double share = library.share_of("secret/1.docx", joined(document));
  CHECK(share > 0.6);  // what spans two paragraphs is lost
}

TEST_CASE("a document set otherwise is the same document") {
  PrintsBuilder builder = builder_of(2);
  Library library(builder);
  std::string set;
  for (const std::string& paragraph : paragraphs(4000, 1)) {
    for (std::size_t at = 0; at < paragraph.size(); at += 30)
      set += paragraph.substr(at, 30) + (at % 60 == 0 ? " \r\n" : "  ");
  }
  CHECK(library.share_of("secret/1.docx", set) > 0.95);
}

TEST_CASE("another document is quiet, and so are its prints under another bank's key") {
  PrintsBuilder builder = builder_of(20);
  Library library(builder);
  library.matcher.add(joined(paragraphs(50'000, 777)), "a.txt");
  CHECK(library.matcher.finish().empty());
  PrintMatcher foreign(library.prints, {1, 2});
  foreign.add(joined(paragraphs(4000, 3)), "a.txt");
  CHECK(foreign.finish().empty());
}

TEST_CASE("pieces in several texts of one file add up, and the next file begins anew") {
  PrintsBuilder builder = builder_of(3);
  Library library(builder);
  const auto document = paragraphs(4000, 2);
  library.matcher.add(joined(document, 0, 10), "a.zip!1.txt");
  library.matcher.add(joined(document, 20, 10), "a.zip!2.txt");
  const auto both = library.matcher.finish();
  REQUIRE(both.size() == 1);
  CHECK(both[0].name == "secret/2.docx");
  CHECK(both[0].share > 0.45);
  CHECK(both[0].where == "a.zip!1.txt");
  CHECK(library.matcher.finish().empty());
  CHECK(library.share_of("secret/2.docx", joined(document, 0, 10)) < 0.3);
}

TEST_CASE("the same piece twice counts once") {
  PrintsBuilder builder = builder_of(1);
  Library library(builder);
  const std::string piece = joined(paragraphs(4000, 0), 0, 8);
  const double once = library.share_of("secret/0.docx", piece);
  // Where one ends and the next begins, a print more may come to light.
  CHECK(library.share_of("secret/0.docx", piece + kOther + piece + piece) < once + 0.01);
}

TEST_CASE("a letterhead that all have makes no letter a match") {
  const std::string letterhead = joined(paragraphs(600, 500));
  PrintsBuilder builder(kBankKey, Bytes(DocumentPrints::kSaltSize, 1));
  for (std::size_t i = 0; i < 10; ++i)
    REQUIRE(builder.add(fmt::format("{}.docx", i), letterhead + joined(paragraphs(1000, i))));
  Library library(builder);
  CHECK(library.report.common > 20);
  CHECK(library.report.documents == 10);
  library.matcher.add(letterhead + kOther, "letter.docx");
  CHECK(library.matcher.finish().empty());
  // What is a document's own is still told, and as all of its own.
  CHECK(library.share_of("4.docx", joined(paragraphs(1000, 4))) > 0.9);
}

TEST_CASE("what a clean set has is nobody's, and a document of nothing else is left out") {
  const std::string form = joined(paragraphs(2000, 42));
  PrintsBuilder builder(kBankKey);
  REQUIRE(builder.add("form.docx", form));
  REQUIRE(builder.add("filled.docx", form + joined(paragraphs(2000, 43))));
  REQUIRE(builder.add("note.txt", "too short to be told from others"));
  builder.add_clean(form);
  Library library(builder);
  CHECK(library.report.nothing_own == std::vector<std::string>{"form.docx"});
  CHECK(library.report.too_short == std::vector<std::string>{"note.txt"});
  CHECK(library.report.documents == 1);
  library.matcher.add(form, "empty form.docx");
  CHECK(library.matcher.finish().empty());
}

TEST_CASE("versions of one document are each told") {
  auto text = paragraphs(3000, 7);
  PrintsBuilder builder(kBankKey);
  REQUIRE(builder.add("v1.docx", joined(text)));
  text[10] = paragraphs(100, 8)[0];
  REQUIRE(builder.add("v2.docx", joined(text)));
  Library library(builder);
  library.matcher.add(joined(text), "a.txt");
  const auto matches = library.matcher.finish();
  REQUIRE(matches.size() == 2);
  CHECK(matches[0].name == "v2.docx");
  CHECK(matches[0].share == 1);
  CHECK(matches[1].share > 0.9);
}

TEST_CASE("a change of any byte is noticed, and a file cut anywhere is refused") {
  PrintsBuilder builder = builder_of(2, 400);
  const Library library(builder);
  REQUIRE(check_prints(library.file));
  for (std::size_t at = 0; at < library.file.size(); ++at) {
    Bytes changed = library.file;
    changed[at] ^= 0x10U;
    CAPTURE(at);
    CHECK(check_prints(changed).error().code == Errc::kCorrupt);
    CHECK(DocumentPrints::open(ByteView(library.file).first(at)).error().code == Errc::kCorrupt);
  }
}

TEST_CASE("no documents make a file that matches nothing") {
  PrintsBuilder builder(kBankKey);
  Library library(builder);
  CHECK(library.prints->documents() == 0);
  library.matcher.add(kOther, "a.txt");
  CHECK(library.matcher.finish().empty());
  PrintMatcher none(nullptr, {});
  none.add(kOther, "a.txt");
  CHECK(none.finish().empty());
}

TEST_CASE("names that cannot be shown are refused") {
  PrintsBuilder builder(kBankKey);
  for (const std::string& name : {std::string(), std::string(256, 'x'), std::string("a\nb"),
                                  std::string("\xFF"), std::string("a\0b", 3)}) {
    CHECK(builder.add(name, kOther).error().code == Errc::kInvalid);
  }
}

}  // namespace huxin::known
