// What a PDF holds beside its pages (ISO 32000-1), by hand: forms that no program here fills in.
#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

// Objects are numbered from 1, which is the catalogue. There is no table of where they are: readers
// look for them.
std::string pdf_of(const std::vector<std::string>& objects, std::string_view trailer = "") {
  std::string pdf = "%PDF-1.7\n";
  for (std::size_t i = 0; i < objects.size(); ++i)
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  return pdf +
         fmt::format("trailer << /Root 1 0 R /Size {} {} >>\n%%EOF\n", objects.size() + 1, trailer);
}

std::string stream_of(std::string_view content, std::string_view keys = "") {
  return fmt::format("<< /Length {} {} >>\nstream\n{}\nendstream", content.size(), keys, content);
}

const std::string kPages = "<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>";
const std::string kPage = "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 600 800 ] >>";

}  // namespace

TEST_CASE("the values of a PDF's form are read with the names of their fields") {
  const Extracted extracted =
      extract_all(pdf_of({"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 4 0 R ] >> >>",
                          kPages, kPage, "<< /T (customer) /Kids [ 5 0 R 6 0 R ] >>",
                          "<< /FT /Tx /T (mobile) /V (13800138000) >>",
                          "<< /FT /Tx /T (name) /V <FEFF5F204E09> >>"}),
                  "a.pdf");
  INFO(extracted.text());
  CHECK(extracted.text().contains("customer.mobile: 13800138000\n"));
  CHECK(extracted.text().contains("customer.name: 张三\n"));
  CHECK(extracted.place_of("13800138000") == "a.pdf!form");
}

TEST_CASE("the data of an XFA form are read, in one stream or in several") {
  const std::string data = "<xfa:data><mobile>13800138000</mobile></xfa:data>";
  for (const std::string_view xfa : {"4 0 R", "[ (datasets) 4 0 R ]"}) {
    const Extracted extracted = extract_all(
        pdf_of({fmt::format("<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA {} >> >>", xfa),
                kPages, kPage, stream_of(data)}),
        "a.pdf");
    CHECK(extracted.place_of("13800138000") == "a.pdf!form");
  }
}

TEST_CASE("a file attached to a page is read as what it is") {
  const Extracted extracted = extract_all(
      pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", kPages,
              "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 600 800 ] /Annots [ 4 0 R ] >>",
              "<< /Subtype /FileAttachment /Contents (see list) /FS << /F (list.csv) /EF << /F 5 0 "
              "R >> >> >>",
              stream_of("name,mobile\nA,13800138000\nB,13900139000\n", "/Type /EmbeddedFile")}),
      "a.pdf");
  INFO(extracted.text());
  CHECK(extracted.place_of("13800138000") == "a.pdf!list.csv!B2");
  CHECK(extracted.place_of("see list") == "a.pdf!annotations");
}

TEST_CASE("objects of a PDF that refer to each other in a circle are read once") {
  const Extracted extracted = extract_all(
      pdf_of({"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 4 0 R 4 0 R ] >> >>", kPages,
              kPage, "<< /T (a) /V (13800138000) /Kids [ 4 0 R 5 0 R ] >>",
              "<< /T (b) /Kids [ 4 0 R ] >>"}),
      "a.pdf");
  CHECK(extracted.text() == "a: 13800138000\n");
}

}  // namespace huxin::extract::test
