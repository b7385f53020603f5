#pragma once
#include <functional>

#include "agent/extract/extraction.hpp"
#include "agent/extract/source.hpp"
#include "policy/text/windows.hpp"

namespace huxin::extract {

using text::cut_at_line;
using text::kWindow;
using text::Window;

/// Decodes a text window by window, until its end or until the extraction is stopped. Undecodable
/// bytes are replaced; that alone is no loss, but what is binary behind a text's beginning is
/// ("unsupported"). Looks at the clock after each window. `size`: bytes
/// of a window.
void for_each_window(Source& source, text::Encoding encoding, Extraction& extraction,
                     const std::function<void(Window&&)>& use, std::size_t size = kWindow);

}  // namespace huxin::extract
