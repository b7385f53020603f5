#pragma once
#include <span>
#include <vector>

#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/trace.hpp"

namespace huxin::detect {

/// Notes what became of every candidate of one document, and why numbers became none. Chunk by
/// chunk, as DocumentScan goes; one thread; borrows all. Whoever wants no explanation has none of
/// these: nothing here is fast.
class Tracer {
 public:
  Tracer(const Engine& engine, const Layout& layout, const text::Document& document, Date today,
         Traces& traces)
      : engine_(engine), layout_(layout), places_(document), today_(today), traces_(traces) {}

  /// Notes a candidate as it was judged. kReported stands until sift() knows better.
  void judged(const Candidate& candidate, Fate fate, const Judgement& judgement);
  /// What is still to be reported but not among `kept` has the fate `lost`.
  void sift(std::span<const Candidate> kept, Fate lost);
  /// What is another kind by now than it was judged as is told as both; `candidates` in order of
  /// begin.
  void retold(std::span<const Candidate> candidates);
  /// Those that sift() had lost as kDropped are to be reported after all; in order of begin.
  void restored(std::span<const Candidate> candidates);
  /// Notes those that no words are asked about, as they are handed on.
  void added(std::span<const Candidate> candidates, Lead lead);
  /// Ends a chunk: looks for the numbers in it and the values behind its labels, `hits`, that
  /// nothing came of, and hands everything on.
  void finish(const Span& chunk, std::span<const KeywordHit> hits);

 private:
  struct Noted {
    Candidate candidate;
    Fate fate{};
    Judgement judgement;
  };

  void explain_runs(const Span& chunk);
  void explain_values(const Span& chunk, std::span<const KeywordHit> hits);
  void explain_run(const NumberRun& run);
  void explain_groups(const NumberRun& run, std::size_t first, std::size_t last);
  bool covered(const Span& span) const;
  void cover();
  void keep(const Noted& noted);
  void keep(const FailedNumber& number);
  /// nullptr: there are enough of its sort.
  Trace* add(const Span& span, Fate fate);

  const Engine& engine_;
  const Layout& layout_;
  text::PlaceFinder places_;
  Date today_;
  Traces& traces_;
  std::vector<Noted> noted_;          ///< of the chunk
  std::vector<FailedNumber> failed_;  ///< of the chunk
  std::vector<Span> covered_;         ///< where candidates were, apart and in order
  std::size_t run_end_ = 0;
  std::size_t failed_kept_ = 0;
  NumberRun run_;
};

}  // namespace huxin::detect
