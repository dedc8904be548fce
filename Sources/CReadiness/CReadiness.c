// ppoll and its resolution of microseconds are GNU's; the headers must not see this, or Swift finds two fd_sets.
#define _GNU_SOURCE 1
#include <poll.h>
#include <time.h>

#include "CReadiness.h"

int creadiness_wait_one(int descriptor, uint32_t flags, int64_t microseconds) {
    struct pollfd one = {.fd = descriptor, .events = 0, .revents = 0};
    if (flags & CREADINESS_READ) one.events |= POLLIN;
    if (flags & CREADINESS_WRITE) one.events |= POLLOUT;
#if defined(__linux__)
    struct timespec limit = {microseconds / 1000000, (long)(microseconds % 1000000) * 1000};
    return ppoll(&one, 1, microseconds < 0 ? 0 : &limit, 0);
#else
    return poll(&one, 1, microseconds < 0 ? -1 : (int)((microseconds + 999) / 1000));
#endif
}
