// Precompiled once for agent and collector.
#pragma once
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "cmake/common.hpp"
#include "policy/record/record.pb.h"
