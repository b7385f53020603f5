#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether Han text as a whole has the form of a Chinese name: a listed surname (compound ones
/// too) and one to three more characters, one or two after a compound surname; or, with a middle
/// dot as in 阿卜杜拉·买买提, up to sixteen characters. Common words of that form (安全, 方式) are
/// none.
bool is_person_name(std::string_view utf8);

/// Says whether is_person_name holds and every given character is one that given names are commonly
/// made of, and no common word begins it: strong enough without a label.
bool is_common_person_name(std::string_view utf8);

}  // namespace huxin::detect
