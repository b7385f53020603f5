#include "agent/extract/page/scanned_pages.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "agent/extract/helper_program.hpp"
#include "agent/extract/image/page_image.hpp"

namespace huxin::extract {
namespace {

constexpr std::size_t kLongerSide = 2600;
constexpr std::size_t kMostDrawn = (kLongerSide * kLongerSide) + 64;  // with its header

std::vector<std::string> command(unsigned page) {
  const std::string number = std::to_string(page);
  return {kPdfToPpm, "-q",   "-gray", "-scale-to", std::to_string(kLongerSide),
          "-f",      number, "-l",    number,      kHelperInput};
}

/// The next number of a PGM's header, and the blank behind it; 0 when there is none.
std::size_t number(std::string_view& head) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), value);
  if (error != std::errc{} || end == head.data() + head.size()) return 0;
  head.remove_prefix(static_cast<std::size_t>(end - head.data()) + 1);
  return value;
}

/// A portable grey map as pdftoppm writes it: no comments, one byte a pixel.
std::optional<GreyImage> read_pgm(std::string_view pgm) {
  if (!pgm.starts_with("P5\n")) return std::nullopt;
  pgm.remove_prefix(3);
  GreyImage image{.width = number(pgm), .height = 0, .pixels = {}};
  image.height = number(pgm);
  if (number(pgm) != 255 || image.width == 0 || image.height == 0) return std::nullopt;
  if (image.width > pgm.size() || pgm.size() / image.width < image.height) return std::nullopt;
  const ByteView pixels = as_bytes(pgm.substr(0, image.width * image.height));
  image.pixels.assign(pixels.begin(), pixels.end());
  return image;
}

std::optional<GreyImage> draw(ByteView pdf, unsigned page, const Extraction::Look& look,
                              Extraction& extraction) {
  std::string drawn;
  const auto take = [&](std::string_view more) {
    drawn += more.substr(0, kMostDrawn - std::min(drawn.size(), kMostDrawn));
  };
  const HelperExit exit = run_helper(command(page), pdf, extraction, take, look.left());
  if (extraction.stopped()) return std::nullopt;
  auto image = read_pgm(drawn);
  if (!exit.started) {
    extraction.lose("no_worker");
  } else if (exit.code == kChildFailed) {
    extraction.lose("no_pdftotext");
  } else if (exit.overdue) {
    extraction.lose(look.late());
  } else if (!image) {
    extraction.lose("corrupt");
  }
  return image;
}

}  // namespace

void read_scanned_pages(ByteView pdf, const std::vector<unsigned>& pages, const std::string& where,
                        Extraction& extraction) {
  const std::size_t most = extraction.budget().pictures.max_pages;
  if (pages.size() > most) extraction.lose("too_many_pictures");
  for (std::size_t i = 0; i < std::min(pages.size(), most) && !extraction.stopped(); ++i) {
    const Extraction::Look look(extraction);
    if (!look.allowed()) return;
    const auto image = draw(pdf, pages[i], look, extraction);
    if (!image) continue;
    const Seen seen = look_at([&] { return *image; }, look, extraction);
    read_page_image(seen, fmt::format("p{}", pages[i]), where, extraction);
  }
}

}  // namespace huxin::extract
