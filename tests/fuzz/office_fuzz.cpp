// Any bytes as a part of an office document in a ZIP; the first tells which.
#include "tests/fuzz/extract_checked.hpp"
#include "tests/support/zip_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huxin;
  static const std::string kParts[] = {
      "word/document.xml",     "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
      "xl/workbook.xml",       "ppt/slides/slide1.xml",    "content.xml",
      "META-INF/manifest.xml", "Doc_0/Document.xml",       "Doc_0/Pages/Page_0/Content.xml",
      "docProps/custom.xml"};
  static const std::string kMains[] = {"word/document.xml", "xl/workbook.xml",
                                       "ppt/presentation.xml", "content.xml", "OFD.xml"};
  if (size < 2 || as_text({data, size}).contains("%PDF-")) return 0;
  const std::string part(as_text({data + 2, size - 2}));
  const std::string file = huxin::test::zip_of(
      {{kMains[data[0] % std::size(kMains)], ""}, {kParts[data[1] % std::size(kParts)], part}});
  fuzz::extract_checked(
      [&](auto& extraction) { extract::read_zip(as_bytes(file), "x", extraction); });
  return 0;
}
