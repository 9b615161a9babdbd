#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Lets another thread have the core, if one waits for it.
package func yieldCore() { _ = sched_yield() }
