#pragma once
#include <string>

#include "policy/record/record.pb.h"

namespace huxin::agent {

/// Replaces each byte that is no UTF-8 by U+FFFD. File names and command lines are bytes; a proto3
/// string that is not UTF-8 makes the whole message unreadable to its receiver. UTF-8 as in RFC
/// 3629: no surrogates, no overlong forms. Valid text is not touched.
void make_valid(std::string& text);

/// Makes every string of a payload valid, those of findings and traces too.
void make_valid(record::Payload& payload);
/// Makes every string of a heartbeat valid.
void make_valid(record::Heartbeat& beat);

}  // namespace huxin::agent
