#pragma once
#include <functional>
#include <optional>
#include <string>

#include "policy/detect/detector.hpp"
#include "policy/text/windows.hpp"

namespace huxin::detect {

/// Inspects a plain text that comes in pieces, as an upload does, and gives exactly what inspecting
/// it as a file gives, wherever the pieces are cut: the encoding is guessed and windows are cut
/// from the text alone. Holds a window and the newest piece. One thread; borrows detector and
/// context.
class TextStream {
 public:
  /// `window`: bytes handled at once. The rest as for InspectionBuilder.
  TextStream(const Detector& detector, ScanContext& context, Time today, std::string where,
             const Enough& enough = {}, std::size_t window = text::kWindow);

  /// Shows each window once it was inspected, in order, to whoever looks for something else in it.
  using Seen = std::function<void(text::Document&&)>;
  void show(Seen seen) { seen_ = std::move(seen); }
  /// Enough was found: pieces to come are not looked at.
  bool stopped() const { return builder_.stopped(); }
  /// Looks now whether enough is in the windows that were inspected: to be asked before anything of
  /// the text leaves.
  bool enough_by_now() { return builder_.enough_by_now(); }
  /// Takes the next bytes; what is whole is inspected. Fails as InspectionBuilder::add does.
  Status add(ByteView piece);
  /// Inspects what is left. Once, at the end.
  Result<Inspection> finish();

 private:
  void guess();
  Status inspect(text::Window&& window);

  InspectionBuilder builder_;
  std::string where_;
  std::size_t window_;
  std::optional<text::WindowReader> reader_;  ///< once the encoding is known
  std::string held_;                          ///< bytes behind the last window
  Seen seen_;
};

}  // namespace huxin::detect
