#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "agent/extract/archive/archive.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/office/package.hpp"
#include "agent/extract/page/text_lines.hpp"

namespace huxin::extract {
namespace {

constexpr double kLength = 1e6;             // millimetres: beyond any page, and nothing overflows
constexpr double kUsualSize = 3.5;          // millimetres, where a text tells none
constexpr std::size_t kMaxPieces = 50'000;  // of a page held at one time

/// The numbers of an ST_Array (GB/T 33190-2016, 7.2), separated by blanks.
template <std::size_t N>
std::array<double, N> numbers(std::string_view attributes, std::string_view name) {
  std::array<double, N> all{};
  std::string_view rest = attribute(attributes, name).value_or("");
  for (double& number : all) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc{} || !std::isfinite(number)) number = 0;
    number = std::clamp(number, -kLength, kLength);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  }
  return all;
}

/// How wide a text is: a letter of ASCII half its size, any other its size.
double width_of(std::string_view text, double size) {
  double width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) width += size / 2;
    if (byte >= 0xC0) width += size;
  }
  return width;
}

/// Gathers the text objects of a page, a template or an annotation (11.2 and 11.3): the box of a
/// text object tells where it stands, and the codes in it where in the box.
class PageReader {
 public:
  PageReader(const Part& part, Extraction& extraction)
      : part_(part), writer_(part.writer), extraction_(extraction) {}

  void read(std::string_view group) {
    writer_.group(group);
    Token token;
    while (!extraction_.stopped() && part_.markup.next(token)) {
      if (token.kind != Token::Kind::kText) {
        tag(token);
      } else if (in_code_) {
        append_text(piece_.text, token);
      }
    }
    write();
    if (part_.markup.truncated()) extraction_.lose("corrupt");
  }

 private:
  void tag(const Token& token) {
    const bool opens = token.kind == Token::Kind::kOpen;
    if (token.local() == "TextObject" && opens) {
      box_ = numbers<2>(token.attributes, "Boundary");
      const double size = numbers<1>(token.attributes, "Size")[0];
      size_ = size > 0 ? size : kUsualSize;
    } else if (token.local() == "Appearance" && opens) {
      origin_ = numbers<2>(token.attributes, "Boundary");  // of an annotation
    } else if (token.local() == "TextCode") {
      if (opens) begin(token.attributes);
      if (!opens || token.empty) end();
    } else if (token.local() == "Parameter" || token.local() == "Remark") {
      in_code_ = opens && !token.empty;  // what an annotation says beside its looks
      opens ? begin({}) : end();
    }
  }

  void begin(std::string_view attributes) {
    const double x = numbers<1>(attributes, "X")[0];
    const double y = numbers<1>(attributes, "Y")[0];
    piece_ = {.x = origin_[0] + box_[0] + x, .y = origin_[1] + box_[1] + y, .size = size_};
    in_code_ = true;
  }

  void end() {
    in_code_ = false;
    if (piece_.text.empty()) return;
    piece_.end = piece_.x + width_of(piece_.text, piece_.size);
    pieces_.push_back(std::exchange(piece_, {}));
    if (pieces_.size() >= kMaxPieces) write();
  }

  void write() {
    for (const std::string& line : lines_of(std::exchange(pieces_, {}))) writer_.paragraph(line);
  }

  const Part& part_;
  DocumentWriter& writer_;
  Extraction& extraction_;
  std::vector<PlacedText> pieces_;
  PlacedText piece_;
  std::array<double, 2> box_{}, origin_{};
  double size_ = kUsualSize;
  bool in_code_ = false;
};

/// The pages of every document in the file by their part: <Page BaseLoc="Pages/Page_0/Content.xml">
/// in the order of reading (7.6).
using Pages = std::map<std::string, unsigned, std::less<>>;

void read_pages(Markup& markup, std::string_view document, Pages& pages) {
  Token token;
  while (markup.next(token)) {
    const auto place = attribute(token.attributes, "BaseLoc");
    if (token.kind != Token::Kind::kOpen || token.local() != "Page" || !place) continue;
    const std::string_view folder = document.substr(0, document.rfind('/') + 1);
    std::string part(place->starts_with('/') ? place->substr(1) : *place);
    if (!place->starts_with('/')) part.insert(0, folder);
    pages.emplace(std::move(part), static_cast<unsigned>(pages.size() + 1));
  }
}

Pages pages_of(ByteView content, Extraction& extraction) {
  Pages pages;
  Archive archive(content, ArchiveKind::kZip, extraction);
  while (const auto member = archive.next()) {
    if (!member->name.ends_with("/Document.xml")) continue;
    Markup markup([&](char* to, std::size_t size) { return archive.read(to, size); });
    read_pages(markup, member->name, pages);
  }
  return pages;
}

/// "p3" of a page; "template" and "annotation" of what is drawn below and above pages.
std::optional<std::string> group_of(std::string_view part, const Pages& pages) {
  if (!part.ends_with(".xml")) return std::nullopt;
  if (const auto page = pages.find(part); page != pages.end())
    return fmt::format("p{}", page->second);
  if (part.contains("/Pages/") && part.ends_with("/Content.xml")) return "p?";
  if (part.contains("/Tpls/")) return "template";
  if (part.contains("/Annots/") && part.ends_with("/Annotation.xml")) return "annotation";
  return std::nullopt;
}

}  // namespace

void read_ofd(ByteView content, const std::string& where, Extraction& extraction) {
  const Pages pages = pages_of(content, extraction);
  read_package(content, where, extraction, [&](Part& part) {
    const auto group = group_of(part.name, pages);
    if (group) PageReader(part, extraction).read(*group);
    return group.has_value();
  });
}

}  // namespace huxin::extract
