#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace huxin::test {

/// One value in a golden document and the place where it stands, as planted.tsv has it.
struct Planted {
  std::string value;
  std::string place;  ///< "nested.zip!客户.zip!customers.xlsx!customers!D3"
};

/// What is to be found in a golden document.
enum class Holds : std::uint8_t { kPlanted, kNothing, kEncrypted };

/// One document of tests/golden, as documents.tsv and planted.tsv tell of it.
struct GoldenDocument {
  std::string file;
  std::string format;      ///< as extract::Outcome names it
  std::string written_by;  ///< the program that wrote it
  Holds holds = Holds::kPlanted;
  std::vector<Planted> planted;  ///< empty unless holds is kPlanted
};

/// Reads both tables, in the order of documents.tsv. Throws std::runtime_error, which names the
/// line, for what makes no sense: a value planted in no document, a planted document without one.
std::vector<GoldenDocument> golden_documents(const std::string& folder);

}  // namespace huxin::test
