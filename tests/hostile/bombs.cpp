// Little that unpacks to much.
#include <fmt/format.h>

#include "tests/hostile/input.hpp"
#include "tests/hostile/packing.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::hostile {

namespace {

using test::zip_of;

constexpr std::size_t kTenGiB = 10'240;  // MiB

/// 42.zip made anew: `levels` of sixteen archives each, and 4 GiB of zeros at every end.
std::string forty_two(int levels) {
  std::string inner = zip_of_deflated({{"0.dll", deflated_run('\0', 4096)}});
  for (int level = 0; level < levels; ++level) {
    std::vector<std::pair<std::string, std::string>> members;
    for (int i = 0; i < 16; ++i) members.emplace_back(fmt::format("lib {:x}.zip", i), inner);
    inner = zip_of(members);
  }
  return inner;
}

/// Ten of each, ten times over (`&lol9;` is a thousand million).
std::string laughs() {
  std::string entities = "<!ENTITY lol0 \"lol\">";
  for (int i = 1; i < 10; ++i)
    entities +=
        fmt::format("<!ENTITY lol{} \"{}\">", i, repeated(fmt::format("&lol{};", i - 1), 10));
  return "<?xml version=\"1.0\"?><!DOCTYPE lolz [" + entities + "]>";
}

/// One long entity, often.
std::string quadratic() {
  return "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"" + std::string(50'000, 'a') +
         "\">]><x>" + repeated("&a;", 50'000) + "</x>";
}

std::string docx_of(const std::string& xml) { return zip_of({{"word/document.xml", xml}}); }

std::string ofd_of(const std::string& entities) {
  return zip_of(
      {{"OFD.xml", entities + "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot>"
                              "<DocInfo><Title>&lol9;</Title></DocInfo></DocBody></OFD>"}});
}

std::string xlsx_of_shared_strings() {
  std::string sheet = "<worksheet><sheetData>";
  for (int row = 1; row <= 200'000; ++row) sheet += "<row><c t=\"s\"><v>0</v></c></row>";
  return zip_of(
      {{"xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"r\"/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r\" Target=\"worksheets/s.xml\"/></Relationships>"},
       {"xl/sharedStrings.xml", "<sst><si><t>" + std::string(30'000, 'a') + "</t></si></sst>"},
       {"xl/worksheets/s.xml", sheet + "</sheetData></worksheet>"}});
}

/// Pieces of 64 MiB, strung together.
std::string ten_gib(Filter filter) {
  return repeated(compressed(std::string(std::size_t{64} << 20U, '\0'), filter), kTenGiB / 64);
}

}  // namespace

Rows bombs() {
  return {
      row_of("ZIP of 10 GiB of zeros", {"not_inspected unsupported"},
             [] { return zip_of_deflated({{"z", deflated_run('\0', kTenGiB)}}); }),
      row_of("ZIP of 10 GiB of one letter", {"partial too_large"},
             [] { return zip_of_deflated({{"z.txt", deflated_run('a', kTenGiB)}}); }),
      row_of("GZ of 10 GiB of zeros", {"not_inspected too_large"},
             [] { return gzip_of(deflated_run('\0', kTenGiB)); }),
      row_of("BZ2 of 10 GiB of zeros", {"not_inspected bomb"},
             [] { return ten_gib(Filter::kBzip2); }),
      row_of("XZ of 10 GiB of zeros", {"not_inspected too_large"},
             [] { return ten_gib(Filter::kXz); }),
      row_of("ZST of 10 GiB of zeros", {"not_inspected bomb"},
             [] { return ten_gib(Filter::kZstd); }),
      row_of("7z of 10 GiB of zeros", {"not_inspected too_large"},
             [] { return seven_zip_of_zeros(kTenGiB / 2); }),
      row_of("overlapping ZIP, 2,000 files in 200 KB", {"not_inspected bomb"},
             [] { return overlapping_zip(2000, 4); }),
      row_of("42.zip, 5 levels of 16", {"not_inspected bomb"}, [] { return forty_two(5); }),
      row_of("ZIP of 60,000 files of nothing", {"not_inspected too_many_entries"},
             [] {
               std::vector<std::pair<std::string, std::string>> members(60'000);
               for (std::size_t i = 0; i < members.size(); ++i)
                 members[i].first = std::to_string(i);
               return zip_stored(members);
             }),
      row_of("a billion laughs, XML", {"inspected"},
             [] { return laughs() + "<lolz>&lol9;</lolz>"; }),
      row_of("a billion laughs, DOCX", {"inspected"},
             [] {
               return docx_of(laughs() + "<w:document><w:p><w:t>&lol9;</w:t></w:p></w:document>");
             }),
      row_of("a billion laughs, OFD", {"inspected"}, [] { return ofd_of(laughs()); }),
      row_of("one long entity 50,000 times", {"inspected"}, quadratic),
      row_of("XLSX of one long string 200,000 times", {"partial too_large"},
             xlsx_of_shared_strings),
  };
}

}  // namespace huxin::hostile
