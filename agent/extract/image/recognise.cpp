#include "agent/extract/image/recognise.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "agent/extract/helper_program.hpp"
#include "agent/extract/page/text_lines.hpp"

namespace huxin::extract {
namespace {

/// Debian's tesseract-ocr-chi-sim and tesseract-ocr-eng.
constexpr std::string_view kLanguages[] = {"chi_sim", "eng"};
constexpr std::string_view kLanguageData = "/usr/share/tesseract-ocr/5/tessdata";
constexpr std::size_t kLeastSide = 32;
constexpr std::size_t kMostOutput = std::size_t{4} << 20U;  // no page has that much

/// Text anywhere on the page (--psm 11), since the analysis of its layout takes a page of few
/// lines, or the lines of a card, for pictures; as a table of words, of which lines are made here.
std::vector<std::string> command() {
  return {kTesseract, "-", "-", "-l", "chi_sim+eng", "--psm", "11", "tsv"};
}

/// A portable grey map (Netpbm's PGM), which takes no packing.
Bytes as_pgm(const GreyImage& image) {
  const std::string head = fmt::format("P5\n{} {}\n255\n", image.width, image.height);
  Bytes pgm;
  pgm.reserve(head.size() + image.pixels.size());
  pgm.insert(pgm.end(), head.begin(), head.end());
  pgm.insert(pgm.end(), image.pixels.begin(), image.pixels.end());
  return pgm;
}

/// Reads Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height,
/// confidence, text. Level 4 is a line, on whose lower edge its words, level 5, stand together.
class WordTable {
 public:
  void read(std::string_view table) {
    while (!table.empty()) {
      const std::size_t end = std::min(table.find('\n'), table.size());
      read_row(table.substr(0, end));
      table.remove_prefix(std::min(end + 1, table.size()));
    }
  }
  std::vector<PlacedText> words() && { return std::move(words_); }

 private:
  static constexpr std::size_t kNumbers = 10;
  enum Column : std::uint8_t { kLevel = 0, kLeft = 6, kTop = 7, kWidth = 8, kHeight = 9 };

  void read_row(std::string_view row) {
    std::array<int, kNumbers> numbers{};
    for (int& number : numbers) {
      const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), number);
      if (error != std::errc{} || end == row.data() + row.size() || *end != '\t') return;
      row.remove_prefix(static_cast<std::size_t>(end - row.data()) + 1);
    }
    if (numbers[kLevel] == 4) {
      line_height_ = std::max(numbers[kHeight], 1);
      line_bottom_ = numbers[kTop] + line_height_;
    }
    const std::string_view text = row.substr(std::min(row.find('\t'), row.size() - 1) + 1);
    if (numbers[kLevel] != 5 || text.find_first_not_of(' ') == std::string_view::npos) return;
    words_.push_back({.x = static_cast<double>(numbers[kLeft]),
                      .y = static_cast<double>(line_bottom_),
                      .end = static_cast<double>(numbers[kLeft]) + numbers[kWidth],
                      .size = static_cast<double>(line_height_),
                      .text = std::string(text)});
  }

  int line_bottom_ = 0, line_height_ = 1;
  std::vector<PlacedText> words_;
};

/// A page of a single shade: blank, and its search would take as long as that of any other.
bool is_blank(const GreyImage& image) {
  return std::ranges::adjacent_find(image.pixels, std::ranges::not_equal_to{}) ==
         image.pixels.end();
}

std::string_view loss_of(const HelperExit& exit) {
  if (!exit.started) return "no_worker";
  if (exit.code == kChildFailed) return "no_tesseract";
  if (exit.errors.contains("Failed loading language")) return "no_tesseract";
  if (exit.overdue) return "timeout";
  return exit.code == 0 ? "" : "corrupt";
}

}  // namespace

void recognise(const GreyImage& image, DocumentWriter& writer, Extraction& extraction) {
  if (image.width < kLeastSide || image.height < kLeastSide || is_blank(image)) return;
  if (!extraction.enter_page()) return;
  std::string table;
  const auto take = [&](std::string_view more) {
    table += more.substr(0, kMostOutput - std::min(table.size(), kMostOutput));
  };
  const HelperExit exit = run_helper(command(), as_pgm(image), extraction, take,
                                     extraction.budget().pictures.page_deadline);
  WordTable words;
  words.read(table);
  for (const std::string& line : lines_of(std::move(words).words())) writer.paragraph(line);
  if (extraction.stopped()) return;
  if (const std::string_view loss = loss_of(exit); !loss.empty()) extraction.lose(loss);
}

std::vector<std::string> missing_for_recognition() {
  std::vector<std::string> missing;
  const auto need = [&](std::string path, int access) {
    if (::access(path.c_str(), access) != 0) missing.push_back(std::move(path));
  };
  need(kTesseract, X_OK);
  for (const std::string_view language : kLanguages)
    need(fmt::format("{}/{}.traineddata", kLanguageData, language), R_OK);
  return missing;
}

}  // namespace huxin::extract
