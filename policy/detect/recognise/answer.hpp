#pragma once
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Where a label may end in a line that ends at `line_end` and asks for its value: before 报一下,
/// 是多少？ and the like. `line_end` where none of these stands. Bytes of the text.
std::size_t asked_label_end(std::string_view text, std::size_t line_end);

/// Says whether a line asks for the value of a label in it: 请提供病历号, 台胞证号报一下,
/// 证号是多少？
bool asks_for(std::string_view text, const Span& line, const Span& label);

/// What a line of a talk answers: behind who speaks and when (客户：, 答：, [00:52] 客户：), the
/// first clause, without 是 before it. Empty where nothing is said.
Span answer_in(std::string_view text, const Span& line);

}  // namespace huxin::detect
