#include "agent/extract/image/look.hpp"

#include <algorithm>

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/child_process.hpp"

namespace huxin::extract {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kRefusals[] = {"", "corrupt", "too_large", "bomb"};
constexpr std::size_t kMostSeen = kMostPixels + (std::size_t{4} << 20U);

std::string number(std::size_t value) {
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8)
    bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}

void put_refusal(std::string_view reason, const UseOutput& put) {
  const auto at = std::ranges::find(kRefusals, reason) - std::begin(kRefusals);
  put(std::string(1, static_cast<char>(at)));
}

void put_image(const GreyImage& image, const UseOutput& put) {
  put(number(image.width) + number(image.height));
  put(as_text(image.pixels));
}

void put_codes(const Codes& codes, const UseOutput& put) {
  std::string all(1, codes.more ? '\1' : '\0');
  for (const Code& code : codes.read)
    all += (code.matrix ? '\1' : '\0') + number(code.text.size()) + code.text;
  put(all);
}

GreyImage take_image(ByteReader& reader) {
  GreyImage image{.width = reader.u32(), .height = reader.u32(), .pixels = {}};
  const ByteView pixels = reader.take(image.width * image.height);
  image.pixels.assign(pixels.begin(), pixels.end());
  return image;
}

Codes take_codes(ByteReader& reader) {
  Codes codes{.read = {}, .more = reader.u8() != 0};
  while (reader.left() > 0) {
    Code code{.matrix = reader.u8() != 0, .text = {}};
    code.text = as_text(reader.take(reader.u32()));
    if (reader.failed()) break;
    codes.read.push_back(std::move(code));
  }
  return codes;
}

/// What the child put, as far as it came. Nullopt: it is cut off, or not what a child puts.
std::optional<Seen> take_seen(ByteView put, const PictureBudget& budget) {
  ByteReader reader(put);
  const std::uint8_t refusal = reader.u8();
  if (reader.failed() || refusal >= std::size(kRefusals)) return std::nullopt;
  Seen seen{.refused = kRefusals[refusal], .image = {}, .codes = {}};
  if (!seen.refused.empty()) return seen;
  if (budget.text) seen.image = take_image(reader);
  if (reader.failed()) return std::nullopt;
  if (budget.codes && reader.left() > 0) seen.codes = take_codes(reader);
  return seen;
}

milliseconds patience(const Extraction::Look& look, const Budget& budget) {
  if (budget.pictures.text) return look.left();
  const auto most = Extraction::Look::share(budget) * 3 / 4;
  return std::min(look.left(), std::chrono::ceil<milliseconds>(most));
}

std::string_view loss_of(const ChildExit& exit, const Extraction::Look& look) {
  if (!exit.started) return "no_worker";
  if (exit.overdue) return look.late();
  if (exit.code == kChildOutOfMemory) return "too_large";
  return exit.code == 0 ? "" : "corrupt";
}

}  // namespace

Seen look_at(const Decode& decode, const Extraction::Look& look, Extraction& extraction) {
  const PictureBudget& budget = extraction.budget().pictures;
  const auto work = [&](const UseOutput& put) {
    const auto image = decode();
    put_refusal(image ? "" : image.error(), put);
    if (image && budget.text) put_image(*image, put);
    if (image && budget.codes) put_codes(read_codes(*image), put);
  };
  std::string put;
  const auto take = [&](std::string_view more) {
    put += more.substr(0, kMostSeen - std::min(put.size(), kMostSeen));
  };
  const ChildExit exit = run_aside(work, extraction, take, patience(look, extraction.budget()));
  auto seen = take_seen(as_bytes(put), budget);
  if (seen && seen->codes.more) extraction.lose("too_many_pictures");
  if (extraction.stopped()) return seen.value_or(Seen{});
  std::string_view loss = loss_of(exit, look);
  if (loss.empty() && !seen) loss = "corrupt";
  if (!loss.empty()) extraction.lose(loss);
  return std::move(seen).value_or(Seen{});
}

}  // namespace huxin::extract
