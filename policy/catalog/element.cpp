#include "policy/catalog/element.hpp"

#include <charconv>
#include <utility>

namespace huxin::catalog {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::kC1:
      return "C1";
    case Level::kC2:
      return "C2";
    case Level::kC3:
      return "C3";
  }
  return "C2";
}

std::string to_string(ElementId id) { return fmt::format("D{:02}", std::to_underlying(id)); }

Result<ElementId> element_id_from(std::string_view text) {
  std::uint16_t number = 0;
  const bool shaped = text.size() >= 3 && text.size() <= 5 && text.front() == 'D';
  const char* const end = text.data() + text.size();
  const auto parsed =
      shaped ? std::from_chars(text.data() + 1, end, number) : std::from_chars_result{};
  if (!shaped || parsed.ec != std::errc{} || parsed.ptr != end || number == 0) {
    return fail(Errc::kInvalid, "'{}' is not an element id like D01", text.substr(0, 32));
  }
  return ElementId{number};
}

}  // namespace huxin::catalog
