#pragma once
#include "agent/enforce/residue.hpp"

namespace huxin::agent {

/// Where this machine keeps what a destroyed file may have left: the homes of its accounts (root
/// and those from 1000 on, but for nobody), the mounts whose file systems are real, /tmp and
/// /var/tmp. Read anew at each call, from the account database and /proc/self/mounts; what cannot
/// be read is left out.
enforce::ResiduePlaces residue_places_here();

}  // namespace huxin::agent
