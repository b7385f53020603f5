#pragma once
// What the bulletin's two pages share. Private to collector/assess.
#include <optional>
#include <string>
#include <string_view>

#include "collector/assess/bulletin.hpp"

namespace huxin::assess {

/// A page being written: its text, and the month it is about. The references are borrowed for as
/// long as it is written.
struct Page {
  const Inputs& inputs;
  const std::vector<BranchScore>& scores;
  const Model& model;
  std::string text;

  void heading(std::string_view zh, std::string_view en);
  /// "无 none", where a list is empty.
  void nothing();
  /// The head of a table whose columns are the four domains.
  void domain_head();
  /// Value and share, or "无数据 no data".
  void figure_cell(const FigureRule& rule, const Figure& figure);
  /// What was charged, by kind, over all branches but one; no branch is named.
  void cases(std::string_view but);
  /// The band in Chinese and English, or that it is not graded.
  std::string band_text(const BranchScore& score) const;
};

/// Appends what stands between head and foot: the ranking, the figures and the charges.
void write_bank(Page& page);
/// The same for one branch: its domains, findings and charges by name, others' as counts.
void write_branch(Page& page, const BranchInput& input, const BranchScore& score);

std::string_view bulletin_style();
/// "'sha256-…'", as policies name the style sheet.
std::string style_hash();

/// Partial or fail.
bool is_finding(const AnswerInput& answer);
/// "87.25%", or that there are no data.
std::string percent(const std::optional<Share>& share);
/// A bar of a chart at height `y`, with what it is of and its value. Texts are HTML already.
std::string bar(int y, std::string_view label, Share share, std::string_view value, bool bad);
/// Cuts a name for a chart, at a character.
std::string shortened(std::string_view text);

}  // namespace huxin::assess
