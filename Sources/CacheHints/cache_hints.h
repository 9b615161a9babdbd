/* What the processor can do and Swift cannot say. */
#pragma once

/* Begins to load the cache line at an address that will be read soon; wrong addresses do no harm. */
static inline __attribute__((always_inline)) void cache_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 3);
}
