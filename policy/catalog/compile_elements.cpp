// Reads and checks elements.yaml at build time: compile_elements FILE.yaml OUT. A fault ends the
// build with the file, the line and the column.
#include <fstream>
#include <iostream>

#include "policy/base/file.hpp"
#include "policy/catalog/element_codec.hpp"
#include "policy/catalog/element_reader.hpp"

int main(int argc, char** argv) {
  using namespace huxin;
  if (argc != 3) {
    std::cerr << "usage: compile_elements FILE.yaml OUT\n";
    return 2;
  }
  const auto yaml = read_file(argv[1], catalog::kMaxCatalogBytes);
  const auto elements =
      yaml ? catalog::read_elements(*yaml, argv[1]) : std::unexpected(yaml.error());
  if (!elements) {
    std::cerr << elements.error().context << '\n';
    return 1;
  }
  std::ofstream out(argv[2], std::ios::binary);
  out << catalog::encode_elements(*elements);
  return out.flush() ? 0 : 1;
}
