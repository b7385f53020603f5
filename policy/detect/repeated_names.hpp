#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"

namespace huxin::detect {

/// Finds where the names among the candidates stand again in a chunk, without anything that tells
/// them there: a letter's writer signs, a chat goes on. Only names that are hardly anything else,
/// and only where they are few: of a list, more than sixty-four in a chunk, each row tells its own.
///
/// `candidates` are the chunk's, in the order of the text, none overlapping. Replaces `again`, in
/// no order. One pass over the chunk for each of at most kMaxRepeated names.
void names_again(std::string_view text, const Span& chunk, std::span<const Candidate> candidates,
                 double confidence, std::vector<Candidate>& again);

inline constexpr std::size_t kMaxRepeated = 8;

}  // namespace huxin::detect
