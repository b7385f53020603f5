#pragma once
// Every fact table of the catalogue. All of them are compiled in, read-only and free of
// initialisation order: call them from any thread, at any time. Sources and dates stand at the head
// of each file in policy/catalog/data.
#include "policy/catalog/addresses.hpp"
#include "policy/catalog/cards.hpp"
#include "policy/catalog/labels.hpp"
#include "policy/catalog/name_leaders.hpp"
#include "policy/catalog/names.hpp"
#include "policy/catalog/network.hpp"
#include "policy/catalog/people.hpp"
#include "policy/catalog/phones.hpp"
#include "policy/catalog/plates.hpp"
#include "policy/catalog/regions.hpp"
#include "policy/catalog/secret_words.hpp"
#include "policy/catalog/units.hpp"
