// Mails by hand: what no tool here writes, and what mail programs get wrong.
#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "agent/extract/mail/header.hpp"
#include "agent/extract/sniff.hpp"
#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

constexpr std::string_view kDate = "Date: Tue, 06 Jan 2026 10:30:00 +0800\r\n";

std::string mail(std::string_view rest) {
  return "From: a@bank.example\r\n" + std::string(kDate) + std::string(rest);
}

std::string part(std::string_view header, std::string_view content) {
  return fmt::format("--b\r\n{}\r\n\r\n{}\r\n", header, content);
}

std::string mixed(std::string_view parts) {
  return mail(fmt::format("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", parts));
}

bool any_at(const Extracted& extracted, std::string_view wanted, std::string_view place) {
  return std::ranges::any_of(extracted.documents, [&](const text::Document& document) {
    const std::size_t at = document.text.find(wanted);
    return at != std::string::npos && document.place(at) == place;
  });
}

Extracted golden(const std::string& name) {
  const auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/") + name);
  REQUIRE(content.has_value());
  return extract_all(*content, name);
}

}  // namespace

TEST_CASE("only a mail is taken for a mail, and only a mailbox for a mailbox") {
  struct Row {
    std::string content;
    Format format;
    std::string_view reason;
  };
  const std::string date(kDate);
  const Row rows[] = {
      {mail("Subject: x\r\n\r\nhello\r\n"), Format::kMail, "a sender and a date"},
      {"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\nhello\n", Format::kMail,
       "a draft has neither sender nor date"},
      {"From: a@b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n",
       Format::kMail, "a program's mail whose text is encoded"},
      {"\xEF\xBB\xBF" + mail("\r\nhello\r\n"), Format::kMail, "a mark before the header"},
      {"Received: from a by b; Tue, 06 Jan 2026 10:30:00 +0800\nFrom: a@b\n\nx\n", Format::kMail,
       "what a server adds"},
      {"From a@b Tue Jan  6 10:30:00 2026\nSubject: x\n\nhello\n", Format::kMailbox, "RFC 4155"},
      {"From - Tue Jan 06 10:30:00 2026\nX-Mozilla-Status: 0001\n\nhello\n", Format::kMailbox,
       "as Thunderbird writes it"},
      {"From: 张三\nTo: 李四\nSubject: 名单\n\n请见附件。\n", Format::kText,
       "a memorandum has no date in the standard's form"},
      {"From: Zhang\nSent: Tuesday, January 6, 2026 10:30\nTo: Li\n\nhello\n", Format::kText,
       "a printed header"},
      {"Date: 2026-01-06 10:30\nFrom: Zhang\n\nhello\n", Format::kText, "a date of another form"},
      {"From " + date, Format::kText, "a line that begins with From"},
      {"From a@b Tue Jan  6 10:30:00 2026\nhello there\n", Format::kText, "no field behind it"},
      {"From Monday to Friday we are open from 09:00 to 17:00 May 2026\nSee you\n", Format::kText,
       "a sentence with a time and a year"},
      {"Server: nginx\nDate: Tue, 06 Jan 2026 10:30:00 GMT\nContent-Type: text/html\n\nx\n",
       Format::kText, "the header of an answer of HTTP"},
      {"error: disk full\nerror: disk full\nDate: Tue, 06 Jan 2026 10:30:00 +0800\n", Format::kText,
       "a log with colons"},
      {"Tue Jan 6 10:30:00 2026 smtp: From: a@b\nTue Jan 6 10:30:01 2026 smtp: To: c@d\n",
       Format::kText, "a mail server's log"},
      {"hello\n" + mail("\r\nx\r\n"), Format::kText, "a text before the header"},
      {mail("this line is no field\r\nx\r\n"), Format::kText, "a header without an end"},
  };
  for (const Row& row : rows) {
    INFO(row.content << ": " << row.reason);
    CHECK(sniff(as_bytes(row.content)).format == row.format);
  }
}

TEST_CASE("fields are unfolded and decoded, whatever charset and however cut") {
  struct Row {
    std::string_view body, text, reason;
  };
  constexpr Row rows[] = {
      {" =?GBK?B?1cXI/Q==?= <a@b>", "张三 <a@b>", "base64"},
      {" =?utf-8?Q?=E5=BC=A0_=E4=B8=89?=", "张 三", "Q, a blank as an underscore"},
      {" =?utf-8?Q?=E5=BC?=\r\n =?utf-8?Q?=A0=E4=B8=89?=", "张三", "a character cut by two words"},
      {" =?gb2312?B?1cU=?= =?big5?B?pFQ=?=", "张三", "two charsets"},
      {" =?gb18030*zh?B?1cXI/Q==?=", "张三", "a language"},
      {" =?eucgb2312_cn?b?1cXI/Q==?=", "张三", "as Python names it"},
      {" \xD5\xC5\xC8\xFD\xB5\xC4\xC3\xFB\xB5\xA5", "张三的名单", "raw GBK"},
      {" 张三", "张三", "raw UTF-8"},
      {" a\r\n\tb", "a\tb", "folded"},
      {" =?utf-8?X?abc?= =?utf-8?B?abc", "=?utf-8?X?abc?= =?utf-8?B?abc", "no encoded words"},
      {" 1380013=?utf-8?Q?8000?=", "13800138000", "a word inside a text"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    CHECK(decode_field(row.body) == row.text);
  }
}

TEST_CASE("an attachment's name is read however it is written") {
  struct Row {
    std::string_view header, name, reason;
  };
  constexpr Row rows[] = {
      {"Content-Disposition: attachment; filename=\"=?GBK?B?v827py50eHQ=?=\"", "客户.txt",
       "an encoded word in quotes, as Outlook does"},
      {"Content-Disposition: attachment;\r\n filename*=UTF-8''%E5%AE%A2%E6%88%B7.txt", "客户.txt",
       "RFC 2231"},
      {"Content-Disposition: attachment;\r\n filename*0*=GBK''%BF%CD;\r\n filename*1*=%BB%A7;\r\n "
       "filename*2=\".txt\"",
       "客户.txt", "continued"},
      {"Content-Disposition: attachment; filename*1=\"b.txt\"; filename*0=\"a\"", "ab.txt",
       "continued out of order"},
      {"Content-Disposition: attachment; filename=x.txt; filename*=GBK''%BF%CD%BB%A7.txt",
       "客户.txt", "both ways"},
      {"Content-Disposition: attachment; filename=\"\xBF\xCD\xBB\xA7.txt\"", "客户.txt", "raw GBK"},
      {"Content-Disposition: attachment; filename=客户 名单.txt", "客户 名单.txt",
       "a blank without quotes"},
      {"Content-Type: application/octet-stream;\r\n name=\"a;b \\\"c\\\".txt\"", "a;b \"c\".txt",
       "a semicolon and quotes in quotes"},
      {"Content-Disposition: =?utf-8?b?YXR0YWNobWVudDsgZmlsZW5hbWU9IuWuouaIty54bHN4?=\r\n "
       "=?utf-8?b?Ig==?=",
       "客户.xlsx", "the whole field an encoded word, as Python may write it"},
      {"Content-Type: text/plain", "body", "a text without a name"},
      {"Content-Type: application/json", "part1", "content without a name"},
  };
  for (const Row& row : rows) {
    const Extracted extracted =
        extract_all(mixed(part(row.header, "card\n6200000000000005\n")), "m");
    INFO(row.reason);
    CHECK(extracted.place_of("6200000000000005") == fmt::format("m!{}!L2", row.name));
    CHECK(extracted.outcome.reason.empty());
  }
}

TEST_CASE("a text is read in the charset it is in, which need not be the one it says") {
  struct Row {
    std::string_view charset, content, reason;
  };
  constexpr Row rows[] = {
      {"gb2312", "\xBF\xCD\xBB\xA7\xB5\xC4\xC3\xFB\xD7\xD6", "GBK"},
      {"utf-8", "\xBF\xCD\xBB\xA7\xB5\xC4\xC3\xFB\xD7\xD6", "GBK that says it is UTF-8"},
      {"us-ascii", "\xBF\xCD\xBB\xA7\xB5\xC4\xC3\xFB\xD7\xD6", "GBK that says it is ASCII"},
      {"gbk", "客户的名字", "UTF-8 that says it is GBK"},
      {"big5", "\xAB\xC8\xA4\xE1\xAA\xBA\xA6\x57\xA6\x72", "Big5, in its own characters"},
  };
  for (const Row& row : rows) {
    const std::string content = mail(fmt::format(
        "Content-Type: text/plain; charset=\"{}\"\r\n\r\n{}\r\n", row.charset, row.content));
    INFO(row.reason);
    const std::string text = extract_all(content, "m").text();
    CHECK((text.contains("客户的名字") || text.contains("客戶的名字")));
  }
  const Extracted hidden = extract_all(
      mail("Content-Type: text/plain; charset=utf-7\r\n\r\n+W6JiNw- 13800138000\r\n"), "m");
  CHECK(hidden.outcome.reason == "unsupported");
  CHECK(hidden.text().contains("13800138000"));
}

TEST_CASE("transfer encodings are undone, and numbers cut by soft line breaks are whole") {
  const Extracted extracted = extract_all(
      mixed(part("Content-Transfer-Encoding: quoted-printable", "1380013=\r\n8000=20=3D =zz") +
            part("Content-Transfer-Encoding: BASE64\r\nContent-Disposition: x; filename=a",
                 "MTM5 MDAx\r\n  Mzkw!MDA=") +
            part("Content-Transfer-Encoding: x-uuencode\r\nContent-Disposition: x; filename=b",
                 "begin 644 b\r\n+,3,W,#`Q,S<P,#``\r\n`\r\nend")),
      "m");
  CHECK(extracted.text().contains("13800138000 = =zz"));
  CHECK(extracted.place_of("13900139000") == "m!a!L1");
  CHECK(extracted.place_of("13700137000") == "m!b!L1");
}

TEST_CASE("what stands around the parts is read too") {
  const std::string content =
      mail("Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\nbefore 13800138000\r\n" +
           part("Content-Type: text/plain", "within") + "--b-- \r\nbehind 13900139000\r\n");
  const Extracted extracted = extract_all(content, "m");
  CHECK(extracted.place_of("13800138000") == "m!preamble!L1");
  CHECK(extracted.place_of("within") == "m!body!L1");
  CHECK(extracted.place_of("13900139000") == "m!epilogue!L1");
}

TEST_CASE("a border of an outer multipart ends the inner ones, and one without an end is told") {
  const std::string inner =
      "Content-Type: multipart/alternative; boundary=bb\r\n\r\n--bb\r\n\r\ninner\r\n";
  const Extracted closed = extract_all(mixed("--b\r\n" + inner + part("", "after")), "m");
  CHECK(closed.outcome.reason.empty());
  CHECK(closed.place_of("after") == "m!body2!L2");
  const Extracted open =
      extract_all(mail("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nonly"), "m");
  CHECK(open.outcome.reason == "corrupt");
  CHECK(open.place_of("only") == "m!body!L1");
}

TEST_CASE("numbers that programs write into a header are not text, those that people write are") {
  const Extracted extracted = extract_all(
      mail("Message-ID: <13800138000@x>\r\nX-Id: 13800138000\r\nReply-To: 张三 <b@c>\r\n"
           "Organization: 13900139000\r\n\r\nx\r\n"),
      "m.eml");
  CHECK_FALSE(extracted.text().contains("13800138000"));
  CHECK(extracted.place_of("张三") == "m.eml!headers");
  CHECK(extracted.place_of("13900139000") == "m.eml!headers");
}

TEST_CASE("what is encrypted in a mail says so, and the header is read") {
  const Extracted smime = golden("encrypted.eml");
  CHECK(smime.outcome.reason == "encrypted");
  CHECK(smime.outcome.coverage == Coverage::kPartial);
  CHECK(smime.place_of("zhangsan@bank.example") == "encrypted.eml!headers");
  const Extracted pgp =
      extract_all(mail("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; "
                       "boundary=b\r\n\r\n" +
                       part("Content-Type: application/pgp-encrypted", "Version: 1") +
                       part("Content-Type: application/octet-stream", "\x85\x01\x0c\x03\xff\xfe") +
                       "--b--\r\n"),
                  "m");
  CHECK(pgp.outcome.reason == "encrypted");
  const Extracted inline_pgp =
      extract_all(mail("\r\nDear all,\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n"), "m");
  CHECK(inline_pgp.outcome.reason == "encrypted");
}

TEST_CASE("a mail of a real program is read to its innermost attachment, its clean twin is whole") {
  const Extracted mail = golden("mail.eml");
  CHECK(any_at(mail, "11010519491231002X", "mail.eml!压缩包.zip!客户.xlsx!customers!B2"));
  CHECK(any_at(mail, "11010519491231002X", "mail.eml!message1!客户.xlsx!customers!B2"));
  CHECK(any_at(mail, "李四 <lisi@bank.example>", "mail.eml!message1!headers"));
  const Extracted clean = golden("clean.eml");
  CHECK(clean.outcome.coverage == Coverage::kInspected);
  CHECK(clean.text() ==
        "From: 张三 <zhangsan@bank.example>\nTo: 李四 <lisi@bank.example>\n"
        "Date: Tue, 06 Jan 2026 10:30:00 +0800\nSubject: 周会改到周四\n"
        "大家好：\r\n本周例会改到周四下午三点，地点不变。\r\n");
}

TEST_CASE("a line of a mailbox's message that begins with From begins no other message") {
  const Extracted box = extract_all(
      "From a@b Tue Jan  6 10:30:00 2026\nSubject: one\n\nFrom here it goes on 13800138000\n\n"
      "From a@b Tue Jan  6 10:30:00 2026\nis a line of text\n\n"
      "From c@d Tue Jan  6 10:31:00 2026\nSubject: two\n\n13900139000\n",
      "b");
  CHECK(box.place_of("13800138000") == "b!message1!body!L1");
  CHECK(box.place_of("13900139000") == "b!message2!body!L1");
  CHECK(box.outcome.format == "mbox");
}

TEST_CASE("a header that contradicts itself or breaks off is told, and its first word holds") {
  const std::string csv = "bmFtZSxtb2JpbGUKQSwxMzgwMDEzODAwMApCLDEzOTAwMTM5MDAwCg==";
  const std::string file = "Content-Disposition: attachment; filename=a.csv";
  const Extracted twice = extract_all(
      mixed(part("Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit\r\n" + file,
                 csv)),
      "m.eml");
  CHECK(twice.place_of("13800138000") == "m.eml!a.csv!B2");
  CHECK(twice.outcome.reason == "corrupt");
  const Extracted broken = extract_all(
      mixed(part("junk\r\nContent-Transfer-Encoding: base64\r\n" + file, csv)), "m.eml");
  CHECK(broken.outcome.reason == "corrupt");
}

TEST_CASE("a line that begins like a border or an envelope and goes on is text") {
  const std::string border = "--b" + std::string(300, ' ') + "13800138000\r\n";
  CHECK(extract_all(mixed(part("Content-Type: text/plain", "x") + border), "m.eml")
            .text()
            .contains("13800138000"));
  const std::string envelope = "From 13900139000\r\nx\r\n";
  CHECK(extract_all(mixed("--b\r\n" + envelope), "m.eml").text().contains("13900139000"));
}

TEST_CASE("what is signed in pieces of pieces is joined, and what is cut off is told") {
  const auto of = [](char tag, const std::string& value) {
    return std::string(1, tag) + static_cast<char>(value.size()) + value;
  };
  const std::string oid("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07", 10);
  const auto message = [&](const std::string& content) {
    const std::string inner = of(0x30, oid + '\x01' + of('\xA0', content));
    const std::string version("\x02\x01\x01", 3);
    return of(0x30, oid + '\x02' + of('\xA0', of(0x30, version + of(0x31, "") + inner)));
  };
  const std::string pieces = of(0x24, of(0x24, of(4, "1380013")) + of(0x24, of(4, "8000\n")));
  const Extracted joined = extract_all(message(pieces), "m.p7m");
  CHECK(joined.outcome.format == "cms");
  CHECK(joined.text().contains("13800138000"));
  CHECK(joined.outcome.reason.empty());
  const std::string cut = message(of(4, "13800138000\n"));
  CHECK(extract_all(cut.substr(0, cut.size() - 3), "m.p7m").outcome.reason == "corrupt");
  const std::string endless("\x04\x85\x00\x00\x00\x00\x05", 7);
  CHECK(extract_all(message(endless), "m.p7m").outcome.reason == "corrupt");
}

TEST_CASE("an armoured PGP message is told wherever it stands") {
  const std::string armour =
      "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n";
  CHECK(extract_all(armour, "list.csv.asc").outcome.reason == "encrypted");
  const std::string file = "Content-Disposition: attachment; filename=list.csv.asc";
  CHECK(extract_all(mixed(part(file, armour)), "m.eml").outcome.reason == "encrypted");
}

}  // namespace huxin::extract::test
