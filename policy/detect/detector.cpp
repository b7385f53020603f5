#include "policy/detect/detector.hpp"

#include <algorithm>
#include <new>
#include <ranges>

#include "policy/detect/engine.hpp"

namespace huxin::detect {
namespace {

Result<KindSet> kinds_of(const catalog::Catalog& catalog, const DetectorOptions& options) {
  KindSet kinds;
  for (std::size_t i = 0; i < kKinds; ++i) {
    const Kind kind = static_cast<Kind>(i);
    const bool wanted =
        options.elements.empty() ||
        std::ranges::find(options.elements, element_of(kind)) != options.elements.end();
    if (wanted && catalog.find(element_of(kind)) != nullptr) kinds.add(kind);
  }
  for (const catalog::ElementId id : options.elements) {
    const bool known =
        std::ranges::any_of(std::ranges::views::iota(std::size_t{0}, kKinds), [&](std::size_t i) {
          return element_of(static_cast<Kind>(i)) == id && kinds.has(static_cast<Kind>(i));
        });
    if (!known) return fail(Errc::kUnsupported, "element {}: no recogniser", to_string(id));
  }
  return kinds;
}

KindFacts facts_of(const catalog::Element& element) {
  return {.level = element.level,
          .keyword_required = element.keyword_required,
          .identifies = element.identifies,
          .base = element.base_confidence,
          .context = element.context_confidence};
}

}  // namespace

ScanContext::ScanContext(std::unique_ptr<ScanState> state) : state_(std::move(state)) {}
ScanContext::~ScanContext() = default;

Detector::Detector(std::unique_ptr<const Engine> engine) : engine_(std::move(engine)) {}
Detector::~Detector() = default;

Result<std::shared_ptr<const Detector>> Detector::build(
    std::shared_ptr<const catalog::Catalog> catalog, const DetectorOptions& options) {
  auto kinds = kinds_of(*catalog, options);
  if (!kinds) return std::unexpected(kinds.error());
  auto engine = std::make_unique<Engine>(std::move(catalog), options, *kinds);
  for (std::size_t i = 0; i < kKinds; ++i) {
    const auto* element = engine->catalog->find(element_of(static_cast<Kind>(i)));
    if (element != nullptr) engine->facts_of[i] = facts_of(*element);
  }
  auto anchors = PatternSet::open(engine->vocabulary.anchors(), options.cache);
  if (!anchors) return std::unexpected(anchors.error());
  engine->anchors = *std::move(anchors);
  auto words = PatternSet::open(engine->vocabulary.words(), options.cache);
  if (!words) return std::unexpected(words.error());
  engine->words = *std::move(words);
  return std::shared_ptr<const Detector>(new Detector(std::move(engine)));
}

std::unique_ptr<ScanContext> Detector::context() const {
  auto state = std::make_unique<ScanState>();
  auto anchors = engine_->anchors.scratch();
  auto words = engine_->words.scratch();
  if (!anchors || !words) throw std::bad_alloc();
  state->anchor_scratch = *std::move(anchors);
  state->word_scratch = *std::move(words);
  return std::unique_ptr<ScanContext>(new ScanContext(std::move(state)));
}

const catalog::Catalog& Detector::catalog() const { return *engine_->catalog; }

std::vector<catalog::ElementId> Detector::unrecognised() const {
  std::vector<catalog::ElementId> ids;
  for (const catalog::Element& element : engine_->catalog->elements()) {
    const bool known = std::ranges::any_of(
        std::views::iota(std::size_t{0}, kKinds),
        [&](std::size_t i) { return element_of(static_cast<Kind>(i)) == element.id; });
    if (!known) ids.push_back(element.id);
  }
  return ids;
}

// Both sets are of one making: the worse state tells.
std::string_view Detector::cache_state() const {
  return to_string(std::max(engine_->anchors.cache(), engine_->words.cache()));
}

}  // namespace huxin::detect
