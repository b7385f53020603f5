#include "policy/catalog/catalog.hpp"

#include <algorithm>

#include "policy/base/file.hpp"
#include "policy/catalog/element_codec.hpp"
#include "policy/catalog/element_reader.hpp"

namespace huxin::embedded {
extern const std::string_view catalog_elements;
}

namespace huxin::catalog {

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
    auto catalog = std::make_shared<Catalog>();
    catalog->elements_ = decode_elements(embedded::catalog_elements);
    return catalog;
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
