#pragma once
#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Finds the keywords around everything that was found in a chunk: the rest has no need of them,
/// and there are so many that they cost as much as all else. One thread; borrows all.
class KeywordWindows {
 public:
  KeywordWindows(const Engine& engine, ScanState& state, const Layout& layout)
      : engine_(engine), state_(state), layout_(layout) {}

  /// Fills state.keywords, in order, from the chunk's candidates, leads and statements; words
  /// shortly before the chunk too. Fails as PatternSet::scan does.
  Status match(const Span& chunk);

 private:
  void gather(const Span& chunk);

  const Engine& engine_;
  ScanState& state_;
  const Layout& layout_;
};

}  // namespace huxin::detect
