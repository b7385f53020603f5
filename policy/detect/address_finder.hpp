#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Reads the addresses that anchors lead to (a house number, a province, a label), each once
/// however many anchors it has. One thread; borrows all.
class AddressFinder {
 public:
  AddressFinder(const Engine& engine, ScanState& state, const Layout& layout)
      : engine_(engine), state_(state), text_(layout.text()) {}

  /// Before the first anchor of a chunk.
  void begin_chunk() {
    settled_.clear();
    begin_look();
  }
  /// Before the chunk is gone through again from its begin: anchors come in the order of the text.
  void begin_look() { end_ = floor_ = 0; }

  /// Adds the address that holds `at`, within `scope`, to state.candidates.
  void read(std::size_t at, const Span& scope) { read(at, scope, std::nullopt); }
  /// The same of one that begins at `at`, behind its label.
  void read_labelled(std::size_t at, const Span& scope) { read(at, scope, at); }
  /// Whether an anchor without a label is in an address that was found before.
  bool is_settled(std::size_t at);

 private:
  /// An address that any anchor from its begin to `anchor` belongs to.
  struct Settled {
    Span span;
    std::size_t anchor = 0;
  };

  void read(std::size_t at, const Span& scope, std::optional<std::size_t> start);

  const Engine& engine_;
  ScanState& state_;
  std::string_view text_;
  std::size_t end_ = 0;           ///< of those that this look at the chunk has found
  std::size_t floor_ = 0;         ///< places before it were read from
  std::vector<Settled> settled_;  ///< of the chunk, in order
};

}  // namespace huxin::detect
