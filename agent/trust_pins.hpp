#pragma once
#include <string>

#include "agent/enrolment.hpp"
#include "agent/journal/journal.hpp"

namespace huxin::agent {

/// Keeps what this terminal believes in, the bank's root and the key that signs policies and
/// orders, in the sealed journal: enrolment.json is plain, and who changes a key in it would have
/// the terminal take orders from somebody else.
///
/// Pins both as the enrolment has them. To be called when the terminal enrols.
Status pin_trust(journal::Journal& journal, const Enrolment& enrolment);

/// Holds an enrolment to what is pinned: what differs is put back as pinned, and told by its
/// fingerprints; empty when nothing differs. Pins what is not pinned yet (a fresh journal).
Result<std::string> hold_to_pins(journal::Journal& journal, Enrolment& enrolment);

}  // namespace huxin::agent
