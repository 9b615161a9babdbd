#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Starts a thread that calls `body` and ends, and returns whether the system had one to give.
///
/// `stackBytes` is the size of its stack, the system's usual one if nothing is said. Foundation has
/// threads too, but loading it takes longer than most searches.
package func startThread(stackBytes: Int? = nil, _ body: @escaping @Sendable () -> Void) -> Bool {
  var attributes = pthread_attr_t()
  unsafe pthread_attr_init(&attributes)
  defer { unsafe pthread_attr_destroy(&attributes) }
  unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  if let stackBytes { unsafe pthread_attr_setstacksize(&attributes, stackBytes) }
  #if canImport(Darwin)
  var thread: pthread_t?
  #else
  var thread = pthread_t()
  #endif
  let argument = unsafe Unmanaged.passRetained(Body(call: body))
  let code = unsafe pthread_create(&thread, &attributes, { unsafe run($0) }, argument.toOpaque())
  if code != 0 { unsafe argument.release() }
  return code == 0
}

/// What a thread calls, as something that a pointer can stand for.
private final class Body: Sendable {
  let call: @Sendable () -> Void

  init(call: @escaping @Sendable () -> Void) { self.call = call }
}

/// Where threads begin.
private func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument = unsafe argument {
    unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().call()
  }
  return nil
}
