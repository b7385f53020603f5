#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/detect/enough.hpp"
#include "policy/detect/finding.hpp"
#include "policy/known/exact_filter.hpp"
#include "policy/text/document.hpp"

namespace huxin::detect {

/// Fixed for a detector's life.
struct DetectorOptions {
  std::vector<catalog::ElementId> elements;  ///< empty: all of the catalogue
  std::filesystem::path cache;               ///< folder of compiled databases; empty: none is kept
  double min_confidence = 0.5;               ///< below this a finding is not reported
  /// Confidence is a probability, as fitted (catalog::probability); else the score it is made of.
  bool calibrated = true;
  std::size_t max_findings = 10'000;  ///< kept per inspection; the rest is only counted
  /// The bank's own customers; none: nothing is known. What it borrows must outlive the detector.
  std::shared_ptr<const known::ExactFilter> known;
};

struct Engine;     // what a detector is made of
struct ScanState;  // what a context holds
struct Traces;     // why: see trace.hpp

/// Scratch memory and buffers of one thread. Made by Detector::context(); not shared. Its memory is
/// kept from one document to the next, and holds pieces of the last one: it lives in the worker
/// that may see content.
class ScanContext {
 public:
  ~ScanContext();
  ScanContext(const ScanContext&) = delete;
  ScanContext& operator=(const ScanContext&) = delete;

 private:
  friend class Detector;
  friend class InspectionBuilder;
  explicit ScanContext(std::unique_ptr<ScanState> state);
  std::unique_ptr<ScanState> state_;
};

/// Finds data elements in documents: one Hyperscan pass over normalised text for anchors, then
/// validators, context and overlap resolution.
///
/// Immutable once built; share freely between threads, each with a ScanContext of its own. Findings
/// carry original values: whoever takes them masks and digests before anything leaves.
class Detector {
 public:
  /// Compiles the patterns of the catalogue, or loads them from the cache (keyed by patterns,
  /// library version and CPU). Runs self-tests and refuses (kInternal) a pattern library, or a
  /// vector loop of our own on this CPU, that misses;
  /// kUnsupported when an element is asked for that the catalogue or this build does not know.
  /// kUnsupported also for a CPU without SSSE3. A cache that cannot be read or written costs time
  /// and is told by cache_state(), and is no failure.
  static Result<std::shared_ptr<const Detector>> build(
      std::shared_ptr<const catalog::Catalog> catalog, const DetectorOptions& options);
  ~Detector();
  Detector(const Detector&) = delete;
  Detector& operator=(const Detector&) = delete;

  /// Throws bad_alloc, and nothing else. It must not outlive the detector.
  std::unique_ptr<ScanContext> context() const;
  /// The one it was built with; lives as long as the detector.
  const catalog::Catalog& catalog() const;
  /// Elements of the catalogue that this build has no recogniser for: coverage lost, to be told.
  std::vector<catalog::ElementId> unrecognised() const;
  /// "off", "loaded", "stored", "replaced" (the cache was corrupt) or "unwritten".
  std::string_view cache_state() const;

 private:
  friend class InspectionBuilder;
  explicit Detector(std::unique_ptr<const Engine> engine);
  std::unique_ptr<const Engine> engine_;
};

/// Gathers the findings and customers of one file across its documents (archive members, windows).
/// One thread; borrows the detector and the context.
class InspectionBuilder {
 public:
  /// `today` bounds birth dates: a date after it is no birth date. With `enough`, looking stops at
  /// the next opportunity (some 64 KiB of text) once so much was found; Inspection::stopped says
  /// so.
  InspectionBuilder(const Detector& detector, ScanContext& context, Time today,
                    const Enough& enough = {});
  ~InspectionBuilder();
  InspectionBuilder(const InspectionBuilder&) = delete;
  InspectionBuilder& operator=(const InspectionBuilder&) = delete;

  /// Notes in `traces`, up to its limit, what becomes of every candidate of the documents to come,
  /// and why numbers were none: for people who ask. Borrowed until the builder is gone.
  void explain(Traces& traces);
  /// Asks `over`, some 64 KiB of text apart, whether time is over: what is left of a document, and
  /// the documents to come, are not looked at then.
  void look_until(std::function<bool()> over);
  /// Time was over before all was looked at.
  bool ran_out() const;
  /// Inspects one document; findings land in the builder. In the order of the file: customers go on
  /// from one document to the next unless something parts them. kTooLarge over 1 GiB of text; what
  /// was found before stays.
  Status add(const text::Document& document);
  /// Findings kept so far: where their number grows, a document is worth keeping too.
  std::size_t listed() const;
  /// Enough was found: documents to come would not be looked at.
  bool stopped() const;
  /// Looks now whether enough was found; add() looks only as findings grow. Stopped from then on if
  /// so. For what was added so far and may leave: linear in the findings.
  bool enough_by_now();
  /// Numbers the customers. Once, at the end.
  Inspection finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huxin::detect
