// The program the tests of the network channel start as `huxin-agent worker network`.
#include "agent/watch/network/network_worker.hpp"

int main() { return huxin::watch::run_network_worker(); }
