#include "tests/hostile/input.hpp"

namespace huxin::hostile {

Row row_of(std::string name, std::vector<std::string> allowed,
           std::function<std::string()> content) {
  return {std::move(name), std::move(allowed),
          [content = std::move(content)](const test::TempDir&) {
            std::vector<Input> inputs;
            inputs.push_back({.name = "hostile", .content = content()});
            return inputs;
          }};
}

}  // namespace huxin::hostile
