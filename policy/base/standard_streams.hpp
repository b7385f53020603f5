#pragma once
#include "policy/base/result.hpp"

namespace huxin {

/// Opens descriptors 0, 1 and 2 where the caller left them closed, so that no file, socket or key
/// of ours ever gets one of these numbers. What is opened cannot be used: reading standard input
/// and writing to the others fail, as they would have. Call it first in main.
void open_standard_descriptors();

/// Writes out what standard output still holds. kIo or kNoSpace when anything written to it since
/// the start was lost: an answer cut short is no success. Call it at the end of a program whose
/// output somebody relies on.
Status flush_standard_output();

}  // namespace huxin
