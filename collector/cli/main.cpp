#include <cstdio>
#include <exception>

#include "collector/cli/verb.hpp"
#include "policy/base/standard_streams.hpp"

int main(int argc, char** argv) {
  huxin::open_standard_descriptors();
  try {
    return huxin::collector::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "内部错误 internal: %s\n", error.what());
    return static_cast<int>(huxin::collector::cli::Exit::kFailed);
  }
}
