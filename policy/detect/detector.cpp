#include "policy/detect/detector.hpp"

#include <algorithm>
#include <new>

#include "policy/detect/engine.hpp"
#include "policy/detect/self_test.hpp"

namespace huxin::detect {
namespace {

/// The kind of an element that this build can find.
std::optional<Kind> recognised(const catalog::Element& element) {
  const auto kind = kind_of(element.id);
  const bool by_data = !element.value.forms.empty() || !element.headings.words.empty() ||
                       !element.headings.titles.empty() || !element.files.empty() ||
                       !element.derivation.empty();
  return kind && (by_data || kRecognisers.has(*kind)) ? kind : std::nullopt;
}

Result<KindSet> kinds_of(const catalog::Catalog& catalog, const DetectorOptions& options) {
  KindSet kinds;
  for (const catalog::ElementId id : options.elements) {
    const catalog::Element* element = catalog.find(id);
    const auto kind = element == nullptr ? std::nullopt : recognised(*element);
    if (!kind) return fail(Errc::kUnsupported, "element {}: no recogniser", to_string(id));
    kinds.add(*kind);
  }
  if (!options.elements.empty()) return kinds;
  for (const catalog::Element& element : catalog.elements()) {
    if (const auto kind = recognised(element)) kinds.add(*kind);
  }
  return kinds;
}

KindFacts facts_of(const catalog::Element& element) {
  return {.level = element.level,
          .keyword_required = element.keyword_required,
          .identifies = element.identifies,
          .base = element.base_confidence,
          .context = element.context_confidence,
          .company = element.company,
          .together = element.together,
          .derivation = &element.derivation,
          .value = ValueForms(element.value)};
}

}  // namespace

ScanContext::ScanContext(std::unique_ptr<ScanState> state) : state_(std::move(state)) {}
ScanContext::~ScanContext() = default;

Detector::Detector(std::unique_ptr<const Engine> engine) : engine_(std::move(engine)) {}
Detector::~Detector() = default;

Result<std::shared_ptr<const Detector>> Detector::build(
    std::shared_ptr<const catalog::Catalog> catalog, const DetectorOptions& options) {
  if (auto tested = test_vector_loops(); !tested) return std::unexpected(tested.error());
  auto kinds = kinds_of(*catalog, options);
  if (!kinds) return std::unexpected(kinds.error());
  auto engine = std::make_unique<Engine>(std::move(catalog), options, *kinds);
  engine->named = kNamed & *kinds;
  for (const catalog::Element& element : engine->catalog->elements()) {
    const auto kind = kind_of(element.id);
    if (!kind) continue;
    engine->facts_of[static_cast<std::size_t>(*kind)] = facts_of(element);
    if (!element.value.forms.empty() && engine->kinds.has(*kind)) engine->labelled.add(*kind);
    if (element.identifies) engine->identifying.add(*kind);
    if (element.company || element.together > 1) engine->accompanied.add(*kind);
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
    if (!recognised(element)) ids.push_back(element.id);
  }
  return ids;
}

// Both sets are of one making: the worse state tells.
std::string_view Detector::cache_state() const {
  return to_string(std::max(engine_->anchors.cache(), engine_->words.cache()));
}

}  // namespace huxin::detect
