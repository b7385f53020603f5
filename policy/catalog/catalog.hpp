#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"
#include "policy/catalog/element.hpp"

namespace huxin::catalog {

/// Holds every data element and answers by id or name. Immutable; share freely. In the order of the
/// file; ids and names are unique.
class Catalog {
 public:
  /// Loads elements.yaml; the error names file, line and column. kInvalid, kTooLarge over
  /// element_reader.hpp's limits, or what reading the file failed with.
  static Result<std::shared_ptr<const Catalog>> load(const std::filesystem::path& file);
  /// Parses the same content from memory; `origin` stands for the file in errors.
  static Result<std::shared_ptr<const Catalog>> parse(std::string_view yaml,
                                                      std::string_view origin);
  /// The catalogue compiled into the program: the build reads and checks it.
  static std::shared_ptr<const Catalog> builtin();

  std::span<const Element> elements() const { return elements_; }
  /// nullptr when it has none; else lives as long as the catalogue.
  const Element* find(ElementId id) const;
  const Element* find(std::string_view name) const;

 private:
  std::vector<Element> elements_;
};

}  // namespace huxin::catalog
