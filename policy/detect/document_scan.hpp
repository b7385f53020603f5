#pragma once
#include <array>
#include <functional>

#include "policy/detect/candidate_finder.hpp"
#include "policy/detect/cell_reader.hpp"
#include "policy/detect/customers.hpp"
#include "policy/detect/judge.hpp"
#include "policy/detect/own_things.hpp"
#include "policy/detect/recognise/document_kind.hpp"
#include "policy/detect/record_gaps.hpp"
#include "policy/detect/tracer.hpp"

namespace huxin::detect {

/// A finding of one document on its way into the inspection. Valid during the call that hands it
/// on.
struct Found {
  const Candidate& candidate;
  double confidence = 0;   ///< the probability that the candidate's score comes to
  std::string_view text;   ///< as the normalised text has it; what a file's name tells: its place
  Span in_document;        ///< bytes of Document::text
  Gap gap = Gap::kRecord;  ///< to the finding before
  bool table = false;
  bool staff = false;      ///< of who works for the bank, and is no customer
  bool customers = false;  ///< its document speaks of customers
};

/// Finds the elements of one document, chunk by chunk, and hands them on in the order of the text;
/// only its kind (a credit report…) comes last. One thread; borrows everything. Chunks of at most
/// 64 KiB, cut where no value is cut; memory does not grow with the document. Findings more than
/// 2,000 bytes apart are of different records.
class DocumentScan {
 public:
  using Take = std::function<void(const Found&)>;

  DocumentScan(const Engine& engine, ScanState& state, Date today, const text::Document& document,
               Take take);

  /// Before run(): the titles that stand right above the document, and after it, those at its end.
  void entitle(const KindSet& above) { kinds_.entitle(above); }
  KindSet titles_at_end() const { return kinds_.titles_at_end(); }

  /// Once. Asks `stop` after each chunk. Fails as PatternSet::scan does; what was handed on before
  /// stays.
  Status run(const std::function<bool()>& stop);

 private:
  /// Behind a line's end; else behind a mark; else where no digit is near.
  std::size_t chunk_end(std::size_t begin) const;
  Status scan(const Span& chunk);
  void judge_all(const Span& chunk);
  Fate judge(Candidate& candidate, LabelFinder& labels);
  /// Calls `take` with the candidates of each row or line.
  template <class Take>
  void for_each_record(const Take& take);
  bool on_one_record(const Candidate& first, const Candidate& second) const;
  /// Adds names that no label tells.
  void add_names(const Span& chunk);
  void find_names_beside(std::span<const Candidate> record);
  void merge_names(Lead lead);
  void drop_numbers_of_lists();
  void erase_dropped();
  bool lists_old_ids() const;
  void keep_named();
  void drop_nobodys_landlines();
  bool stands_by_somebody(const Candidate& landline) const;
  /// As Engine::calibrated().
  std::optional<double> calibrated(const Candidate& candidate);
  void hand_on(const Candidate& candidate);
  /// Belongs to no record.
  void hand_on_kind(const Candidate& kind);

  const Engine& engine_;
  ScanState& state_;
  Take take_;
  std::string_view where_;
  Layout layout_;
  CandidateFinder finder_;
  CellReader cells_;
  Judge judge_;
  DocumentKinds kinds_;
  OwnThings own_things_;
  RecordGaps gaps_;
  std::optional<Tracer> tracer_;  ///< where somebody asks why
  Span last_;                     ///< of the finding before; empty at the start
  struct Calibrated {
    Label label{};
    double score = -1;
    std::optional<double> sure;
  };
  std::array<Calibrated, kKinds> calibrated_{};  ///< the last of each kind: a list repeats them
};

}  // namespace huxin::detect
