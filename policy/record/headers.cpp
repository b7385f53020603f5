#include "policy/record/headers.hpp"
