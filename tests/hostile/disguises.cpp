// What it says it is, it is not: endings and names that lie.
#include <fmt/format.h>

#include "tests/hostile/input.hpp"
#include "tests/hostile/packing.hpp"

namespace huxin::hostile {

namespace {

std::string golden(const std::string& name) {
  auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/") + name);
  return content ? *content : throw std::runtime_error(name);
}

/// Every golden document, named as another.
std::vector<Input> renamed(const test::TempDir&) {
  constexpr std::pair<const char*, const char*> kNames[] = {
      {"customers.xlsx", "photo.jpg"}, {"letter.pdf", "notes.txt"},
      {"notice.doc", "a.zip"},         {"nested.zip", "letter.docx"},
      {"customers.csv", "a.pdf"},      {"list.7z", "a.csv"},
      {"mail.eml", "a.xlsx"},          {"customers.db", "a.txt"},
      {"letter.rtf", "a.exe"},         {"letter.html", ""},
      {"book.xls", "book.xls.mp4"}};
  std::vector<Input> inputs;
  for (const auto& [document, name] : kNames)
    inputs.push_back({.name = name, .content = golden(document)});
  return inputs;
}

using namespace std::string_literals;

const std::string kNames[] = {"a\nhuxin-agent: inspected, nothing found\n"s,
                              "\x1b[2J\x1b[31m"s,
                              "\xff\xfe\xc0\xaf"s,
                              "../../../etc/passwd"s,
                              "/etc/passwd"s,
                              "C:\\Windows\\a.txt"s,
                              "报告\u202Efdp.exe"s,
                              "\u2066a\u2069\u200B"s,
                              "a\0b.txt"s,
                              ""s,
                              "."s,
                              ".."s,
                              std::string(60'000, 'n'),
                              "a!Sheet1!B7"s,
                              "\",\"reason\":null,\"x\":\""s,
                              "<script>alert(1)</script>"s,
                              "=HYPERLINK(\"http://a\")"s,
                              "CON"s,
                              "%s%n%s%n"s};

std::string archive_of_names() {
  std::vector<std::pair<std::string, std::string>> members;
  for (const std::string& name : kNames) members.emplace_back(name, "手机 13800138000\n");
  return zip_stored(members);
}

std::vector<Input> named_so(const test::TempDir&) {
  std::vector<Input> inputs;
  for (const std::string& name : kNames)
    inputs.push_back({.name = name, .content = "手机 13800138000\n"});
  return inputs;
}

}  // namespace

Rows disguises() {
  return {
      {"11 documents under wrong endings", {"inspected"}, renamed},
      {"19 names of lines, controls, ../ and no UTF-8, as files", {"inspected"}, named_so},
      row_of("the same names in a ZIP", {"inspected"}, archive_of_names),
      row_of("XML that asks for /etc/passwd", {"inspected"},
             [] {
               return "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM "
                      "\"file:///etc/passwd\">]><x>&e;</x>"s;
             }),
      row_of("half a PDF, half a ZIP", {"inspected", "partial corrupt", "not_inspected corrupt"},
             [] { return golden("letter.pdf") + golden("nested.zip"); }),
      row_of("64 MiB of noise", {"not_inspected unsupported"},
             [] {
               std::string noise(std::size_t{64} << 20U, '\0');
               std::uint64_t state = 1;
               for (char& c : noise) {
                 state = state * 6364136223846793005U + 1442695040888963407U;
                 c = static_cast<char>(state >> 56U);
               }
               return noise;
             }),
  };
}

}  // namespace huxin::hostile
