#pragma once
#include <array>
#include <memory>
#include <optional>

#include "policy/catalog/calibration.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/detect/candidate.hpp"
#include "policy/detect/context.hpp"
#include "policy/detect/detector.hpp"
#include "policy/detect/insert_rows.hpp"
#include "policy/detect/label_index.hpp"
#include "policy/detect/number_run.hpp"
#include "policy/detect/pattern_set.hpp"
#include "policy/detect/recognise/value_reader.hpp"
#include "policy/detect/shape_counts.hpp"
#include "policy/detect/vocabulary.hpp"

namespace huxin::detect {

/// What the catalogue says of one kind, where the scan can reach it at once. Zeros for a kind that
/// the catalogue does not have.
struct KindFacts {
  catalog::Level level = catalog::Level::kC2;
  bool keyword_required = false;
  /// See catalog::Element for the meaning of each.
  bool identifies = false;
  double base = 0;
  double context = 0;
  bool company = false;  ///< see catalog::Element
  std::uint32_t together = 1;
  const catalog::Derivation* derivation = nullptr;
  ValueForms value;  ///< of what its label alone tells
};

/// Everything a detector is made of. Immutable once built; shared by all threads. kinds: those that
/// are looked for, because catalogue, options and build know them. Pattern sets are opened
/// by Detector::build, after the vocabulary.
struct Engine {
  Engine(std::shared_ptr<const catalog::Catalog> elements, const DetectorOptions& wanted,
         const KindSet& enabled)
      : catalog(std::move(elements)),
        options(wanted),
        kinds(enabled),
        vocabulary(*catalog, kinds),
        labels(vocabulary) {}

  /// Of a kind that follows from others; empty for the rest.
  const catalog::Derivation& derivation(Kind kind) const { return *facts(kind).derivation; }
  const KindFacts& facts(Kind kind) const { return facts_of[static_cast<std::size_t>(kind)]; }
  /// The probability that the score of a candidate comes to, the last step of judging; nullopt when
  /// either is too low to be reported. Overlaps are resolved by scores, before.
  std::optional<double> calibrated(const Candidate& candidate) const {
    if (candidate.confidence < options.min_confidence) return std::nullopt;
    const double sure = probability(candidate);
    return sure < options.min_confidence ? std::nullopt : std::optional(sure);
  }

  /// What the score of a candidate comes to; the score itself where nothing is calibrated.
  double probability(const Candidate& candidate) const {
    if (!options.calibrated) return candidate.confidence;
    return catalog::probability(element_of(candidate.kind),
                                static_cast<catalog::Evidence>(candidate.label),
                                candidate.confidence);
  }

  std::shared_ptr<const catalog::Catalog> catalog;
  DetectorOptions options;
  KindSet kinds;
  KindSet named;     ///< those of them that are numbers whose kind words beside them may name
  KindSet labelled;  ///< those of them whose value only a label tells
  KindSet identifying;  ///< kinds that identify somebody
  KindSet accompanied;  ///< kinds that mean nothing alone: Element::company, Element::together
  std::array<KindFacts, kKinds> facts_of{};
  Vocabulary vocabulary;
  LabelIndex labels;
  PatternSet anchors;  ///< what every text is searched for
  PatternSet words;    ///< every keyword, for the surroundings of what was found
};

struct Traces;

/// What a label leads to, read as one of the kinds that it tells.
struct LedValue {
  Kind kind;
  LabelledMatch match;
};

/// A label that something stands behind, and the values that were read there to know that.
struct LeadingLabel {
  KeywordHit label;
  bool read = false;            ///< whether values of all its kinds were looked for
  std::size_t stop = 0;         ///< up to where
  std::size_t first_value = 0;  ///< of ScanState::values
  std::size_t end_value = 0;
};

/// What a line of a talk answers, and the kinds that the line before asked for; or a number, and
/// the kinds that its row names.
struct Answer {
  Span span;
  KindSet kinds;
};

/// Memory of one thread's scans, kept between documents. Nothing in it outlasts a chunk but its
/// capacity. One thread.
struct ScanState {
  PatternSet::Scratch anchor_scratch;
  PatternSet::Scratch word_scratch;
  std::vector<Hit> hits;
  std::vector<KeywordHit> keywords;  ///< around what was found, in order
  std::vector<LeadingLabel> leads;   ///< those with a mark behind them, or that need none
  std::vector<LedValue> values;      ///< that these lead to
  std::vector<KeywordHit> above;     ///< those whose value stands on the next line of plain text
  std::vector<KeywordHit> asked;     ///< those whose value is the answer of the next line
  std::vector<Span> vague;           ///< labels whose numbers words before may name; ascending
  std::vector<Answer> answers;       ///< in any order
  std::vector<KeywordHit> heads;     ///< those that may stand at the head of a column
  std::vector<KeywordHit> headings;  ///< of kinds of documents
  std::vector<std::size_t> listed;   ///< where long numbers beside Han begin, ascending
  std::vector<Span> windows;         ///< where keywords are looked for
  std::vector<Candidate> candidates;
  std::vector<Candidate> names;
  std::vector<Candidate> alone;  ///< what a name on its record would make somebody's
  std::vector<text::Segment> segments;
  NumberRun run;
  ShapeCounts shapes;
  std::vector<InsertStatement> inserts;
  Traces* traces = nullptr;  ///< where the fate of every candidate is noted; nullptr: nowhere
};

}  // namespace huxin::detect
