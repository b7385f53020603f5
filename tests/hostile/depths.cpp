// Things in things in things.
#include <fmt/format.h>

#include "tests/hostile/input.hpp"
#include "tests/hostile/packing.hpp"
#include "tests/support/zip_file.hpp"

namespace huxin::hostile {

namespace {

using test::zip_of;

constexpr std::size_t kMillion = 1'000'000;

std::string zips(int levels) {
  std::string inner = "手机 13800138000";
  for (int i = 0; i < levels; ++i) inner = zip_of({{"next.zip", inner}});
  return inner;
}

std::string gzips(int levels) {
  std::string inner = "手机 13800138000";
  for (int i = 0; i < levels; ++i) inner = compressed(inner, Filter::kGzip);
  return inner;
}

std::string mixed(int levels) {
  std::string inner = "手机 13800138000";
  for (int i = 0; i < levels; ++i) {
    inner = i % 3 == 0   ? zip_of({{"next", inner}})
            : i % 3 == 1 ? tar_of("next", inner, Filter::kXz)
                         : tar_of("next", inner, Filter::kZstd);
  }
  return inner;
}

std::string mails(int levels) {
  std::string mail;
  for (int i = 0; i < levels; ++i)
    mail += "From: a@b.c\nDate: Tue, 06 Jan 2026 10:30:00 +0800\nContent-Type: message/rfc822\n\n";
  return mail + "From: a@b.c\nDate: Tue, 06 Jan 2026 10:30:00 +0800\n\n13800138000\n";
}

/// A PDF whose page's annotations are an array in an array in …
std::string pdf_of_arrays(std::size_t depth) {
  return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
         "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
         "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots " +
         repeated("[", depth) + repeated("]", depth) + " >>\nendobj\ntrailer << /Root 1 0 R >>\n";
}

}  // namespace

Rows depths() {
  return {
      row_of("100 ZIPs in each other", {"not_inspected too_deep"}, [] { return zips(100); }),
      row_of("100 GZs in each other", {"not_inspected too_deep"}, [] { return gzips(100); }),
      row_of("100 levels of ZIP, TAR.XZ and TAR.ZST", {"not_inspected too_deep"},
             [] { return mixed(100); }),
      row_of("100,000 mails in each other", {"partial too_deep"}, [] { return mails(100'000); }),
      row_of("JSON, 1,000,000 arrays", {"partial too_deep"},
             [] { return repeated("[", kMillion) + "13800138000" + repeated("]", kMillion); }),
      row_of("JSON, 1,000,000 objects that never end", {"partial too_deep"},
             [] { return repeated("{\"手机\":", kMillion); }),
      row_of("HTML, 1,000,000 elements", {"inspected"},
             [] { return "<html>" + repeated("<div>", kMillion) + "13800138000"; }),
      row_of("HTML, 1,000,000 tables", {"inspected"},
             [] { return "<html>" + repeated("<table><tr><td>", kMillion) + "13800138000"; }),
      row_of("XML, 1,000,000 elements", {"inspected"},
             [] { return "<?xml version=\"1.0\"?>" + repeated("<a>", kMillion) + "13800138000"; }),
      row_of("RTF, 1,000,000 groups", {"partial corrupt"},
             [] { return "{\\rtf1 " + repeated("{", kMillion) + "13800138000"; }),
      row_of("DOCX, 1,000,000 tables", {"inspected"},
             [] {
               return zip_stored({{"word/document.xml",
                                   "<w:document>" + repeated("<w:tbl><w:tr><w:tc>", kMillion) +
                                       "<w:p><w:t>13800138000</w:t></w:p>"}});
             }),
      row_of("ODT, 1,000,000 lists", {"inspected"},
             [] {
               return zip_stored(
                   {{"content.xml", "<office:document-content>" +
                                        repeated("<text:list><text:list-item>", kMillion) +
                                        "<text:p>13800138000</text:p>"}});
             }),
      row_of("PDF, 1,000,000 arrays", {"not_inspected no_text"},
             [] { return pdf_of_arrays(kMillion); }),
  };
}

}  // namespace huxin::hostile
