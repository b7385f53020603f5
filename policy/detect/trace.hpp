#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/detect/candidate.hpp"
#include "policy/detect/explain_number.hpp"
#include "policy/detect/judgement.hpp"

namespace huxin::detect {

/// What became of a candidate. The numbers are those of explain_terms.tsv.
enum class Fate : std::uint8_t {
  kReported,
  kBelowThreshold,  ///< its score or its confidence is less than what is asked for
  kNeedsLabel,      ///< its element is none without a label, and nothing labels it
  kInsideAnother,   ///< it overlaps a longer one, or one more likely
  kNotAskedFor,     ///< its element is not looked for
  kFailedCheck,     ///< it never was one: the checks of its element fail
  kDropped,         ///< what stands around it says that it is there by chance
};

/// Why something was reported, or was not. Holds customer data, as a finding does.
struct Trace {
  catalog::ElementId element{};  ///< 0: no element looks like this
  Fate fate = Fate::kReported;
  Lead lead = Lead::kSieve;
  Verdict verdict = Verdict::kSilent;
  LabelPlace place = LabelPlace::kNowhere;
  std::string word;       ///< the label's; a key is the user's and may hold anything
  double base = 0;        ///< what its element starts with, with or without a label
  double doubt = 0;       ///< for the signs of chance in its form; a fifth counts under a label
  double score = 0;       ///< what came of them and of the labels around it
  double confidence = 0;  ///< the probability made from the score; the score, if none is
  double threshold = 0;   ///< what is reported has at least this score, and this confidence
  std::vector<Reason> reasons;  ///< of a failed check; else empty
  Span span;                    ///< bytes of the original, as a finding's
  std::string where;
  std::string value;  ///< as Finding::value; at most 4,096 bytes
};

inline constexpr std::size_t kMaxTraces = 2000;  ///< of a file: what people can read

/// The traces of one file, in the order of the text; what follows from others comes last.
struct Traces {
  std::size_t limit = 0;    ///< no more are kept; at most half of them are failed checks
  std::uint64_t total = 0;  ///< counts on where `list` stops
  std::vector<Trace> list;
};

}  // namespace huxin::detect
