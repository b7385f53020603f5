#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds the biometric data that begins at `at`, in Base64 or hexadecimal: a record whose header
/// says so (ISO/IEC 19794-2, -4, -5, -6: "FMR", "FIR", "FAC", "IIR") and that has at least 64
/// characters, or Base64 of at least 1 KiB behind a label that names a fingerprint, a face or a
/// voice. A data URI's head may stand before it; line ends inside it belong to it. Linear in what
/// it spans.
std::optional<Span> biometric_template(std::string_view text, std::size_t at);

}  // namespace huxin::detect
