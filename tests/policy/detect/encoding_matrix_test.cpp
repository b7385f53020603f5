// Every element in every encoding: found once, at the bytes of the file. The C library encodes, so
// that decoding is held to another's tables.
#include <iconv.h>

#include <algorithm>
#include <optional>
#include <set>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "policy/text/decode.hpp"
#include "tests/policy/detect/passage_table.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::Passage;
using test::passages;
using text::Encoding;

struct Written {
  const char* name;  ///< iconv's
  const char* mark;  ///< the bytes that a file begins with
  std::size_t mark_size;
  Encoding encoding;
};
constexpr Written kWritten[] = {
    {"UTF-8", "", 0, Encoding::kUtf8},
    {"UTF-8", "\xEF\xBB\xBF", 3, Encoding::kUtf8},
    {"GB18030", "", 0, Encoding::kGb18030},
    {"GBK", "", 0, Encoding::kGb18030},
    {"BIG5", "", 0, Encoding::kBig5},
    {"UTF-16LE", "", 0, Encoding::kUtf16le},
    {"UTF-16LE", "\xFF\xFE", 2, Encoding::kUtf16le},
    {"UTF-16BE", "", 0, Encoding::kUtf16be},
    {"UTF-16BE", "\xFE\xFF", 2, Encoding::kUtf16be},
};

// nullopt where the encoding lacks a character.
std::optional<std::string> encode(std::string text, const char* name) {
  const iconv_t converter = iconv_open(name, "UTF-8");
  if (converter == iconv_t(-1)) return std::nullopt;  // NOLINT: a handle of C
  std::string bytes(text.size() * 4 + 8, '\0');
  char* in = text.data();
  char* out = bytes.data();
  std::size_t left = text.size();
  std::size_t room = bytes.size();
  const bool whole = iconv(converter, &in, &left, &out, &room) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  if (!whole) return std::nullopt;
  bytes.resize(bytes.size() - room);
  return bytes;
}

Inspection inspect(const std::string& bytes, Encoding encoding) {
  auto decoded = text::decode(as_bytes(bytes), encoding);
  text::Document document;
  document.where = "a.txt";
  document.text = std::move(decoded.text);
  document.origin = std::move(decoded.origin);
  return test::inspect(document);
}

std::vector<Finding> of(const Inspection& inspection, const Passage& passage) {
  std::vector<Finding> all;
  std::ranges::copy_if(inspection.findings, std::back_inserter(all), [&](const Finding& finding) {
    return to_string(finding.element) == passage.element &&
           (passage.found.empty() || finding.value == passage.found);
  });
  return all;
}

TEST_CASE("every element is found once in every encoding, at its original bytes") {
  const Written& written = GENERATE(from_range(std::begin(kWritten), std::end(kWritten)));
  std::size_t encoded = 0;
  for (const Passage& passage : passages()) {
    const auto before = encode(passage.before, written.name);
    const auto value = encode(passage.value, written.name);
    const auto behind = encode(passage.behind, written.name);
    if (!before || !value || !behind) continue;
    ++encoded;
    const std::string mark(written.mark, written.mark_size);
    CAPTURE(written.name, written.mark_size, passage.element, passage.text());
    const auto found = of(inspect(mark + *before + *value + *behind, written.encoding), passage);
    CHECK(found.size() == 1);
    if (found.size() != 1 || passage.value.empty()) continue;
    const std::size_t begin = mark.size() + before->size();
    CHECK(found[0].span == Span{begin, begin + value->size()});
  }
  // Big5 has no simplified characters: what is left are values without a label, and a few.
  CHECK(encoded >= (written.encoding == Encoding::kBig5 ? 20 : passages().size()));
}

TEST_CASE("the table of passages leaves out nothing but what file names tell") {
  std::set<std::string> told;
  for (const Passage& passage : passages()) told.insert(passage.element);
  for (const catalog::Element& element : catalog::Catalog::builtin()->elements()) {
    CAPTURE(element.name);
    CHECK(told.contains(to_string(element.id)) == element.files.empty());
  }
}

}  // namespace
}  // namespace huxin::detect
