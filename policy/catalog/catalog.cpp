#include "policy/catalog/catalog.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "policy/base/file.hpp"
#include "policy/catalog/element_reader.hpp"

namespace huxin::catalog {
namespace {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"  // compilers take more than they must
constexpr std::string_view kBuiltin =
#include "policy/catalog/elements.inc"
    ;
#pragma GCC diagnostic pop

}  // namespace

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

Result<std::shared_ptr<const Catalog>> Catalog::load(const std::filesystem::path& file) {
  auto content = read_file(file, kMaxCatalogBytes);
  if (!content) return std::unexpected(content.error());
  return parse(*content, file.string());
}

Result<std::shared_ptr<const Catalog>> Catalog::parse(std::string_view yaml,
                                                      std::string_view origin) {
  auto elements = read_elements(yaml, origin);
  if (!elements) return std::unexpected(elements.error());
  auto catalog = std::make_shared<Catalog>();
  catalog->elements_ = std::move(*elements);
  return catalog;
}

std::shared_ptr<const Catalog> Catalog::builtin() {
  static const std::shared_ptr<const Catalog> kCatalog = [] {
    auto parsed = parse(kBuiltin, "built-in elements.yaml");
    if (!parsed) std::abort();  // a test parses the same text: this cannot be shipped
    return *parsed;
  }();
  return kCatalog;
}

const Element* Catalog::find(ElementId id) const {
  const auto found = std::ranges::find(elements_, id, &Element::id);
  return found != elements_.end() ? &*found : nullptr;
}

const Element* Catalog::find(std::string_view name) const {
  const auto found = std::ranges::find(elements_, name, &Element::name);
  return found != elements_.end() ? &*found : nullptr;
}

}  // namespace huxin::catalog
