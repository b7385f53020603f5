// The scan worker by itself, as `huxin-agent worker scan` runs it.
#include "agent/guard/worker.hpp"

int main() { return huxin::guard::run_worker(); }
