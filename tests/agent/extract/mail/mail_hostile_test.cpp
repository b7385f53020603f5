// Mails made to break their reader.
#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

constexpr std::string_view kBegin = "From: a@b.c\nDate: Tue, 06 Jan 2026 10:30:00 +0800\n";

std::string repeated(std::string_view piece, std::size_t times) {
  std::string all;
  all.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += piece;
  return all;
}

std::string begun(std::string_view rest) { return std::string(kBegin) + std::string(rest); }

std::string nested_multiparts(int depth) {
  std::string mail(kBegin);
  for (int i = 0; i < depth; ++i)
    mail += fmt::format("Content-Type: multipart/mixed; boundary=b{}\n\n--b{}\n", i, i);
  return mail + "\n13800138000\n";
}

std::string nested_mails(int depth) {
  std::string mail;
  for (int i = 0; i < depth; ++i) mail += begun("Content-Type: message/rfc822\n\n");
  return mail + begun("\n13800138000\n");
}

struct Hostile {
  std::string_view name;
  std::string content;
  std::string_view reason;
};

std::vector<Hostile> hostile() {
  constexpr std::size_t kMany = 1'000'000;
  const std::string open = begun("Content-Type: multipart/mixed; boundary=b\n\n");
  return {
      {"multiparts in multiparts", nested_multiparts(1000), "too_deep"},
      {"mails in mails", nested_mails(1000), "too_deep"},
      {"borders without end", open + repeated("--b\n\n", kMany), "too_many_entries"},
      {"lines that nearly are borders", open + repeated("--c\n", kMany), "corrupt"},
      {"fields without end", begun(repeated("Subject: =?\n", kMany)), ""},
      {"a field without end", begun("Subject: x\n" + repeated(" =?gbk?B?=?=\n", kMany)), ""},
      {"words that never end", begun("Subject: " + repeated("=?a?B?", kMany) + "\n\n"), ""},
      {"parameters without end", begun("Content-Type: a/b" + repeated(";a*1*=%", kMany) + "\n\nx"),
       ""},
      {"quotes without end", begun("Content-Type: a/b" + repeated(";a=\"\\\"", kMany) + "\n\nx"),
       ""},
      {"an escape that never ends",
       begun("Content-Transfer-Encoding: quoted-printable\n\n" + repeated("= ", kMany)), ""},
      {"messages without end", repeated("From a@b Tue Jan  6 10:30:00 2026\na:\n", 500'000),
       "too_many_entries"},
  };
}

void read_and_check(std::string_view content) {
  for (const text::Document& document : extract_all(content, "x").documents)
    CHECK(text::decode(as_bytes(document.text), text::Encoding::kUtf8).replaced == 0);
}

}  // namespace

TEST_CASE("a hostile mail ends soon and says what was not seen") {
  for (const Hostile& row : hostile()) {
    const auto start = std::chrono::steady_clock::now();
    const Extracted extracted = extract_all(row.content, "x");
    INFO(row.name << ": " << extracted.outcome.format << " " << extracted.outcome.reason);
    CHECK((extracted.outcome.reason == row.reason || extracted.outcome.reason == "timeout"));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(6));
  }
}

TEST_CASE("mails cut anywhere or with bits turned end without a crash, in valid UTF-8") {
  for (const std::string name : {"mail.eml", "box.mbox", "signed.eml"}) {
    auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/") + name);
    REQUIRE(content.has_value());
    const std::size_t step = content->size() / 60 + 1;
    for (std::size_t cut = 0; cut < content->size(); cut += step)
      read_and_check(std::string_view(*content).substr(0, cut));
    for (std::size_t at = 0; at < content->size(); at += step) {
      std::string flipped = *content;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
      read_and_check(flipped);
    }
  }
}

TEST_CASE("a small mail is read with every bit turned and at every length") {
  const std::string mail = begun(
      "Subject: =?GBK?B?1cU=?= =?GBK?Q?=C8=FD?=\nContent-Type: multipart/mixed; boundary=b\n\n"
      "--b\nContent-Disposition: x; filename*0*=GBK''%BF%CD; filename*1=\"a\"\n"
      "Content-Transfer-Encoding: base64\n\nMTM4MDAxMzgwMDA=\n--b\n"
      "Content-Transfer-Encoding: quoted-printable\n\n=E5=BC=\n=A0\n--b--\n");
  for (std::size_t cut = 0; cut <= mail.size(); ++cut)
    read_and_check(std::string_view(mail).substr(0, cut));
  for (std::size_t bit = 0; bit < mail.size() * 8; ++bit) {
    std::string flipped = mail;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    read_and_check(flipped);
  }
}

}  // namespace huxin::extract::test
