#pragma once
#include <string>
#include <string_view>

namespace huxin::known {

/// Appends what of a text makes it the same text wherever it is pasted: letters, digits and
/// ideographs; ASCII letters small; full-width ASCII as ASCII. White space, punctuation, controls
/// and marks of no width are left out: ASCII, U+0080–U+00BF, U+2000–U+207F, U+3000–U+303F,
/// U+FE30–U+FE6F, U+FEFF and U+FF00–U+FF65 but for letters and digits. UTF-8 in and out; a broken
/// sequence is copied. Linear; one pass, some 1 GB/s.
void fold(std::string_view utf8, std::string& into);

}  // namespace huxin::known
