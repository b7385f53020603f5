#pragma once
// The labelled corpus as tests/golden/corpus writes it.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::quality {

/// Nothing is ever tuned, fitted or looked at closely on the held-out half.
enum class Half : std::uint8_t { kTuning, kHeldOut };
enum class Group : std::uint8_t {
  kPersonal,     ///< with customer data
  kQuiet,        ///< without any, full of numbers that look like some
  kAdversarial,  ///< made to mislead; counted apart
};

/// An element where it stands.
struct Label {
  Span span;  ///< bytes of the file; of a package (DOCX) [0, 0)
  catalog::ElementId element{};
  std::uint32_t customer = 0;  ///< 1-based; 0: nobody's
  bool optional = false;       ///< may be found or not
  std::string value;           ///< as compact() gives it
};

/// A file of the corpus with everything that there is to be found in it.
struct GoldenDocument {
  std::string file;  ///< its name, inside the folder
  Half half{};
  Group group{};
  std::uint32_t customers = 0;
  std::vector<Label> labels;
};

/// Reads manifest.tsv and labels.tsv of a folder; the error names the file and the line.
Result<std::vector<GoldenDocument>> read_corpus(const std::filesystem::path& folder);

/// Reduces a value to what two spellings of it share: ASCII letters and digits in upper case, and
/// Han. Expects normalised UTF-8.
std::string compact(std::string_view value);

}  // namespace huxin::quality
