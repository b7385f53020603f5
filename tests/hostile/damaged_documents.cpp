// The golden documents, cut and with bits turned: what of them is read is read, the rest is told
// of.
#include <random>

#include "tests/hostile/input.hpp"
#include "tests/support/golden_documents.hpp"

namespace huxin::hostile {

namespace {

constexpr std::size_t kCuts = 12;
constexpr std::size_t kFlips = 12;  // files; each has one bit in 4,096 turned, one at least

struct Document {
  std::string name, content;
};

std::vector<Document> documents() {
  const std::string folder = HUXIN_SOURCE_DIR "/tests/golden";
  std::vector<Document> all;
  for (const test::GoldenDocument& document : test::golden_documents(folder)) {
    if (auto content = read_file(folder + "/" + document.file))
      all.push_back({document.file, *std::move(content)});
  }
  return all;
}

std::vector<Input> cut(const test::TempDir&) {
  std::vector<Input> inputs;
  for (const Document& document : documents()) {
    for (std::size_t i = 0; i < kCuts; ++i) {
      const std::size_t length = document.content.size() * i / kCuts;
      inputs.push_back({.name = document.name, .content = document.content.substr(0, length)});
    }
  }
  return inputs;
}

std::vector<Input> flipped(const test::TempDir&) {
  std::mt19937 random(20'261'129);
  std::vector<Input> inputs;
  for (const Document& document : documents()) {
    for (std::size_t i = 0; i < kFlips; ++i) {
      std::string content = document.content;
      for (std::size_t bits = content.size() / 512 + 1; bits > 0; --bits) {
        const std::size_t bit = random() % (content.size() * 8);
        content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << (bit % 8)));
      }
      inputs.push_back({.name = document.name, .content = std::move(content)});
    }
  }
  return inputs;
}

const std::vector<std::string> kAnyTruth = {"inspected",
                                            "partial corrupt",
                                            "not_inspected corrupt",
                                            "partial encrypted",
                                            "not_inspected encrypted",
                                            "partial unsupported",
                                            "not_inspected unsupported",
                                            "partial too_large",
                                            "not_inspected too_large",
                                            "partial no_text",
                                            "not_inspected no_text",
                                            "partial too_many_entries",
                                            "partial too_deep",
                                            "not_inspected too_deep",
                                            "not_inspected too_many_entries"};

}  // namespace

Rows damaged_documents() {
  return {{"every golden document, cut at 12 places", kAnyTruth, cut},
          {"every golden document, bits turned 12 times", kAnyTruth, flipped}};
}

}  // namespace huxin::hostile
